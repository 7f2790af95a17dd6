using QContinuum.Buffers;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Buffers;

public sealed class A_chain_keeps_what_was_written
{
    [Fact]
    public void Pieces_of_every_size_follow_one_another() => OwnThread.Run(() =>
    {
        BlockPool pool = BlockPool.OfThread;
        long before = pool.Outstanding;
        Random random = new(1);
        OutgoingChain chain = new();
        chain.Begin(pool, OutgoingChain.SmallBlockSize);
        List<byte> expected = [];
        for (int i = 0; i < 500; i++)
        {
            byte[] piece = new byte[random.Next(1, i % 50 == 0 ? 40_000 : 300)];
            random.NextBytes(piece);
            expected.AddRange(piece);
            piece.CopyTo(i % 2 == 0 ? chain.Reserve(piece.Length) : chain.GetSpan(piece.Length));
            chain.Advance(piece.Length);
        }

        Block? block = chain.Detach(out Block last, out int bytes);
        List<byte> actual = [];
        while (block is not null)
        {
            actual.AddRange(block.Memory(block.Start, block.Length).Span);
            Block? next = block.Next;
            Assert.Equal(next is null, block == last);
            block.Release();
            block = next;
        }

        Assert.Equal(expected.Count, bytes);
        Assert.Equal(expected, actual);
        Assert.True(chain.IsEmpty);
        Assert.Equal(before, pool.Outstanding);
    });

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(1020)]
    public void What_is_rolled_back_was_never_there(int written) => OwnThread.Run(() =>
    {
        BlockPool pool = BlockPool.OfThread;
        long before = pool.Outstanding;
        OutgoingChain chain = new();
        chain.Begin(pool, OutgoingChain.SmallBlockSize);
        if (written > 0)
        {
            chain.Reserve(written);
            chain.Advance(written);
        }

        OutgoingChain.Mark mark = chain.End();
        for (int i = 0; i < 5; i++)
        {
            chain.GetSpan(20_000);
            chain.Advance(20_000);
        }

        chain.Rollback(in mark);

        Assert.Equal(written, chain.Bytes);
        Assert.Equal(before + (written > 0 ? 1 : 0), pool.Outstanding);
        chain.Clear();
        Assert.Equal(before, pool.Outstanding);
    });

    /// <summary>In the middle, where more was asked for afterwards, or at the end.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void Room_that_was_not_needed_is_given_back(int written) => OwnThread.Run(() =>
    {
        BlockPool pool = BlockPool.OfThread;
        long before = pool.Outstanding;
        OutgoingChain chain = new();
        chain.Begin(pool, OutgoingChain.SmallBlockSize);
        chain.Reserve(written);
        chain.Advance(written);
        OutgoingChain.Mark mark = written > 0 ? chain.End() : default;
        chain.GetSpan(20_000);
        chain.GetSpan(40_000)[0] = 7;
        chain.Advance(1);
        chain.GetSpan(80_000);

        chain.DropEmpty(in mark);

        Assert.Equal(before + (written > 0 ? 2 : 1), pool.Outstanding);
        Block first = chain.Detach(out Block last, out int bytes);
        Assert.Equal((written + 1, 1), (bytes, last.Length));
        Assert.Equal(written > 0 ? last : null, first.Next);
        first.Next?.Release();
        first.Release();
    });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1016)]
    [InlineData(1017)]
    [InlineData(1024)]
    public void A_header_reserved_anywhere_is_found_again(int before)
    {
        OutgoingChain chain = new();
        chain.Begin(BlockPool.OfThread, OutgoingChain.SmallBlockSize);
        if (before > 0)
        {
            chain.Reserve(before).Clear();
            chain.Advance(before);
        }

        OutgoingChain.Mark mark = chain.End();
        Span<byte> header = chain.Reserve(8);
        header.Fill(0xAB);
        chain.Advance(8);
        chain.GetSpan(5000);
        chain.Advance(5000);

        Assert.True(header.Overlaps(chain.Reserved(in mark, 8), out int offset));
        Assert.Equal(0, offset);
        chain.Clear();
    }

    [Fact]
    public void A_serialiser_that_claims_more_than_it_got_is_refused()
    {
        OutgoingChain chain = new();
        chain.Begin(BlockPool.OfThread, OutgoingChain.SmallBlockSize);
        int room = chain.GetSpan().Length;

        Assert.Throws<ArgumentOutOfRangeException>(() => chain.Advance(room + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => chain.Advance(-1));
        chain.Clear();
    }
}
