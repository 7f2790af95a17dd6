using System.Runtime.CompilerServices;
using QContinuum.Buffers;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Buffers;

/// <summary>A thread that sent much may send nothing any more: what comes back to it is not kept for ever.</summary>
public sealed class What_others_give_back_has_a_bound
{
    private const int Mebibyte = 1024 * 1024;

    [Fact]
    public void Of_a_burst() => OwnThread.Run(static () =>
    {
        WeakReference[] burst = Burst(count: 16, Mebibyte);

        GC.Collect();

        // What the pool of any thread may keep.
        Assert.InRange(burst.Count(static memory => memory.IsAlive), 1, 4);
        Assert.Equal(0, BlockPool.OfThread.Outstanding);
    });

    [Fact]
    public void Of_what_is_too_large_to_be_kept() => OwnThread.Run(static () =>
    {
        WeakReference huge = Burst(count: 1, 8 * Mebibyte)[0];

        GC.Collect();

        Assert.False(huge.IsAlive);
        Assert.Equal(0, BlockPool.OfThread.Outstanding);
    });

    [Fact]
    public void Of_views() => OwnThread.Run(static () =>
    {
        const int Views = 20_000;
        BlockPool pool = BlockPool.OfThread;
        WeakReference[] views = Give(() =>
        {
            Block shared = pool.Take(Mebibyte);
            Block[] made = [.. Enumerable.Range(0, Views).Select(_ => pool.TakeView(shared))];
            shared.Release();
            return made;
        });

        GC.Collect();

        Assert.InRange(views.Count(static view => view.IsAlive), 1, 16 * 1024);
        Assert.Equal(0, pool.Outstanding);
    });

    /// <summary>What was left to the garbage collector is not missed, and what was not is there.</summary>
    [Fact]
    public void And_the_next_burst_is_as_the_first() => OwnThread.Run(static () =>
    {
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(16, Burst(count: 16, Mebibyte).Length);
            Assert.Equal(0, BlockPool.OfThread.Outstanding);
        }

        GC.Collect();
        long dropped = BlockPool.DroppedBytesOfAll;
        WeakReference[] small = Burst(count: 2, Mebibyte);
        GC.Collect();

        Assert.All(small, static memory => Assert.True(memory.IsAlive));
        Assert.InRange(dropped, 3 * 8 * Mebibyte, long.MaxValue);
    });

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] Burst(int count, int size)
        => Give(() => [.. Enumerable.Range(0, count).Select(_ => BlockPool.OfThread.Take(size))]);

    /// <summary>Another thread gives back what is taken. In a method of its own, so that no local of the caller keeps a block alive.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] Give(Func<Block[]> take)
    {
        Block[] blocks = take();
        WeakReference[] memory = [.. blocks.Select(static block => new WeakReference(block.IsView ? block : block.Array))];
        OwnThread.Run(() => Array.ForEach(blocks, static block => block.Release()));
        return memory;
    }
}
