using System.Runtime.CompilerServices;
using QContinuum.Buffers;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Origin;

/// <summary>There one pool kept buffers of every size, of 100 MiB as well, for ever.</summary>
public sealed class A_huge_block_is_not_kept
{
    [Fact]
    public void When_it_is_given_back() => OwnThread.Run(static () =>
    {
        WeakReference huge = Burst(count: 1, size: 8 * 1024 * 1024)[0];

        GC.Collect();

        Assert.False(huge.IsAlive);
    });

    [Fact]
    public void Nor_are_all_of_a_burst() => OwnThread.Run(static () =>
    {
        const int Size = 1024 * 1024;
        WeakReference[] burst = Burst(count: 16, Size);

        GC.Collect();

        // What the pool of any thread may keep.
        Assert.InRange(burst.Count(static block => block.IsAlive), 1, 4);
        GC.KeepAlive(BlockPool.OfThread);
    });

    /// <summary>In a method of its own, so that no local of the caller keeps a block alive.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] Burst(int count, int size)
    {
        Block[] blocks = [.. Enumerable.Range(0, count).Select(_ => BlockPool.OfThread.Take(size))];
        WeakReference[] memory = [.. blocks.Select(static block => new WeakReference(block.Array))];
        Array.ForEach(blocks, static block => block.Release());
        return memory;
    }
}
