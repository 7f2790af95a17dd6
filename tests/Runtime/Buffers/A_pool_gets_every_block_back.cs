using QContinuum.Buffers;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Buffers;

public sealed class A_pool_gets_every_block_back
{
    [Fact]
    public void A_block_has_the_room_that_was_asked_for()
    {
        BlockPool pool = BlockPool.OfThread;
        foreach (int size in new[] { 1, 1023, 1024, 1025, 16 * 1024, (16 * 1024) + 1, 1 << 22, (1 << 22) + 1 })
        {
            Block block = pool.Take(size);
            Assert.True(block.Capacity >= size, $"{block.Capacity} bytes for {size}");
            Assert.Equal((0, 0), (block.Start, block.End));
            block.Release();
        }
    }

    [Fact]
    public void A_block_released_is_the_next_one_taken() => OwnThread.Run(() =>
    {
        BlockPool pool = BlockPool.OfThread;
        Block first = pool.Take(5000);
        first.Start = 10;
        first.End = 20;
        first.Release();

        Block second = pool.Take(5000);

        Assert.Same(first, second);
        Assert.Equal((0, 0), (second.Start, second.End));
        second.Release();
    });

    [Fact]
    public void Every_holder_keeps_a_block_alive() => OwnThread.Run(() =>
    {
        BlockPool pool = BlockPool.OfThread;
        long before = pool.Outstanding;
        Block block = pool.Take(100);
        block.Retain();
        block.Release();
        Assert.Equal(before + 1, pool.Outstanding);

        block.Release();

        Assert.Equal(before, pool.Outstanding);
    });

    [Fact]
    public async Task Blocks_released_by_other_threads_come_back()
    {
        const int Count = 10_000;
        const int Threads = 4;
        BlockPool pool = null!;
        Block[] blocks = new Block[Count];
        using ManualResetEventSlim released = new();
        using ManualResetEventSlim taken = new();
        HashSet<Block> again = [];
        Thread owner = new(() =>
        {
            pool = BlockPool.OfThread;
            for (int i = 0; i < Count; i++)
            {
                blocks[i] = pool.Take(1024);
            }

            taken.Set();
            released.Wait();
            for (int i = 0; i < 1000; i++)
            {
                again.Add(pool.Take(1024));
            }
        });
        owner.Start();
        taken.Wait();

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            for (int i = thread; i < Count; i += Threads)
            {
                blocks[i].Release();
            }
        })));
        Assert.Equal(0, pool.Outstanding);
        released.Set();
        owner.Join();

        Assert.Equal(1000, again.Count);
        Assert.Subset(blocks.ToHashSet(), again);
        Assert.All(again, static block => block.Release());
        Assert.Equal(0, pool.Outstanding);
    }

    /// <summary>Views are kept by the thousand: what they showed is not.</summary>
    [Fact]
    public void A_free_view_keeps_no_memory() => OwnThread.Run(() =>
    {
        BlockPool pool = BlockPool.OfThread;
        Block shared = pool.Take(8 << 20);
        Block view = pool.TakeView(shared);
        shared.Release();
        Assert.NotEmpty(view.Array);

        view.Release();

        Assert.Empty(view.Array);
        Assert.Equal(0, pool.Outstanding);
    });

#if DEBUG
    [Fact]
    public void A_block_released_twice_names_who_took_it()
    {
        Block block = BlockPool.OfThread.Take(100);
        block.Release();

        var exception = Assert.Throws<InvalidOperationException>(block.Release);

        Assert.Contains(nameof(A_block_released_twice_names_who_took_it), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_used_after_its_release_throws()
    {
        Block block = BlockPool.OfThread.Take(100);
        block.Release();

        Assert.Throws<InvalidOperationException>(() => block.Memory(0, 1));
    }
#endif
}
