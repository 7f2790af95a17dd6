using QContinuum.Buffers;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Buffers;

public sealed class A_partial_frame_commits_no_more_than_arrived
{
    private const int SmallestBlock = 1024;

    [Fact]
    public void Memory_follows_what_arrives()
    {
        BlockPool pool = BlockPool.OfThread;
        PartialFrame partial = default;
        byte[] piece = new byte[700];
        for (int arrived = piece.Length; arrived < 2_000_000; arrived += piece.Length)
        {
            partial.Append(piece, pool);
            Assert.Equal(arrived, partial.Length);
            Assert.True(Committed(partial) <= Math.Max(2 * arrived, SmallestBlock), $"{Committed(partial)} bytes for {arrived}");
        }

        partial.Clear();
    }

    /// <summary>A byte at a time, while memory is short: neither is twice as much committed, nor is all of it copied each time.</summary>
    [Fact]
    public void Where_memory_is_short_less_and_it_is_not_copied_for_every_byte() => OwnThread.Run(() =>
    {
        const int Begun = 1024 * 1024;
        BlockPool pool = BlockPool.OfThread;
        PartialFrame partial = default;
        partial.Append(new byte[Begun], pool);
        long taken = pool.Taken;
        for (int i = 0; i < 10_000; i++)
        {
            partial.Append([1], pool, isShort: true);
            Assert.InRange(Committed(partial), partial.Length, partial.Length / 4 * 5);
        }

        Assert.InRange(BlockCount.Bytes(pool.Taken - taken), 0, 2 * Begun);
        partial.Clear();
    });

    [Fact]
    public void Bytes_leave_in_the_order_in_which_they_came() => OwnThread.Run(() =>
    {
        BlockPool pool = BlockPool.OfThread;
        long before = pool.Outstanding;
        PartialFrame partial = default;
        Queue<byte> expected = [];
        Random random = new(7);
        for (int i = 0; i < 5_000; i++)
        {
            byte[] piece = new byte[random.Next(0, 100)];
            random.NextBytes(piece);
            Array.ForEach(piece, expected.Enqueue);
            partial.Append(piece, pool);
            int taken = random.Next(0, Math.Min(partial.Length, 110) + 1);
            foreach (byte b in partial.Memory.Span[..taken])
            {
                Assert.Equal(expected.Dequeue(), b);
            }

            partial.Consume(taken, pool);
            Assert.Equal(expected.Count, partial.Length);
        }

        partial.Consume(partial.Length, pool);
        Assert.True(partial.IsEmpty);
        Assert.Equal(before, pool.Outstanding);
    });

    /// <summary>Otherwise who holds five bytes would hold half a mebibyte.</summary>
    [Fact]
    public void What_is_left_of_much_takes_little() => OwnThread.Run(static () =>
    {
        BlockPool pool = BlockPool.OfThread;
        PartialFrame partial = default;
        byte[] much = Frames.Pattern(500_000, seed: 3);
        partial.Append(much, pool);
        for (int taken = 0; taken < much.Length - 5; taken += 99_999)
        {
            partial.Consume(99_999, pool);
            Assert.Equal(much[(taken + 99_999)..], partial.Memory.ToArray());
        }

        Assert.InRange(Committed(partial), 1, 16 * 1024);
        partial.Clear();
    });

    /// <summary>Neither in time nor in garbage, also where the pool has no class for so much.</summary>
    [Fact]
    public void A_long_frame_is_not_copied_with_every_read() => OwnThread.Run(static () =>
    {
        const int Size = 64 * 1024 * 1024;
        BlockPool pool = BlockPool.OfThread;
        PartialFrame partial = default;
        byte[] read = new byte[64 * 1024];
        long before = GC.GetAllocatedBytesForCurrentThread();
        while (partial.Length < Size)
        {
            partial.Append(read, pool);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, Size, 4L * Size);
        partial.Clear();
    });

    /// <summary>Whatever leads to it, nothing is written past the end of an array.</summary>
    [Theory, InlineData(true), InlineData(false)]
    public void What_no_array_holds_is_refused(bool isShort) => OwnThread.Run(() =>
    {
        BlockPool pool = BlockPool.OfThread;
        PartialFrame partial = default;
        byte only = 0;

        // Refused before a byte of it is looked at.
        Assert.Throws<InvalidOperationException>(
            () => partial.Append(System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(ref only, Array.MaxLength + 1), pool, isShort));

        Assert.True(partial.IsEmpty);
    });

    private static int Committed(in PartialFrame partial)
        => System.Runtime.InteropServices.MemoryMarshal.TryGetArray(partial.Memory, out ArraySegment<byte> segment) ? segment.Array!.Length : 0;
}
