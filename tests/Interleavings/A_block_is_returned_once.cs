using QContinuum.Buffers;
using QContinuum.Interleavings.Tests.Exploring;
using QContinuum.Interleavings.Tests.Support;
using Xunit.Abstractions;

namespace QContinuum.Interleavings.Tests;

public sealed class A_block_is_returned_once(ITestOutputHelper output)
{
    /// <summary>A block that has a place in its pool, by which it is returned.</summary>
    private const int Small = 1024;

    /// <summary>One that has none, and goes on the pool's stack.</summary>
    private const int Large = 2 * BlockPool.StandardSize;

    [Theory]
    [InlineData(Small)]
    [InlineData(Large)]
    public void Whoever_releases_it_last(int size) => Released(size).Holds(output);

    [Theory]
    [InlineData(Small, "Block", "Retain", "Increment")]
    [InlineData(Large, "Block", "Retain", "Increment")]
    [InlineData(Small, "Block", "Release", "Decrement")]
    [InlineData(Large, "Block", "Release", "Decrement")]
    [InlineData(Small, "BlockPool", "ReturnElsewhere", "Or")]
    [InlineData(Large, "BlockPool", "ReturnElsewhere", "CompareExchange")]
    [InlineData(Large, "BlockPool", "ReturnElsewhere", "Add")]
    [InlineData(Small, "BlockPool", "CollectReturned", "And")]
    [InlineData(Large, "BlockPool", "CollectReturned", "Exchange")]
    public void Were_an_operation_not_atomic_it_would_not(int size, string type, string member, string operation)
        => Released(size).Finds(new Weakness(type, member, operation), output);

    [Fact]
    public void And_none_that_was_returned_is_counted_as_held() => new Explorer(Counted).Holds(output);

    private static Explorer Released(int size) => new(run => Released(run, size), mostSwitches: 3);

    /// <summary>The owner takes two blocks, and holders on two other threads release them; one of them holds one more while it does. Then all come back.</summary>
    private static void Released(Run run, int size)
    {
        BlockLedger.Clear();
        BlockPool pool = null!;
        run.Thread("owner", () =>
        {
            pool = BlockPool.OfThread;
            Block first = pool.Take(size);
            Block second = pool.Take(size);
            run.Share(pool, first, second);
            first.Retain();
            Controlled one = run.Thread("one", () =>
            {
                first.Retain();
                first.Release();
                first.Release();
            });
            Controlled two = run.Thread("two", second.Release);
            first.Release();
            Block third = pool.Take(size);
            Block fourth = pool.Take(size);
            Assert.NotSame(third, fourth);
            third.Release();
            fourth.Release();
            Controlled.Current!.Run.Wait(Controlled.Current, "wait for the others", () => one.IsDone && two.IsDone);
            one.Commit();
            two.Commit();
            HashSet<Block> made = [first, second, third, fourth];
            Block[] back = [.. made.Select(_ => pool.Take(size))];
            Assert.True(made.SetEquals(back), "each block that was made is there to be taken again");
            Assert.All(back, static block => block.Release());
        });
        run.AtRest(() =>
        {
            Assert.Equal(0, pool.Outstanding);
            Assert.Equal(0, pool.HeldBytes);
            Assert.Empty(BlockLedger.HeldOf(null));
        });
    }

    /// <summary>Who returned a block looks what is held, which its owner collects meanwhile.</summary>
    private static void Counted(Run run)
    {
        BlockLedger.Clear();
        run.Thread("owner", () =>
        {
            BlockPool pool = BlockPool.OfThread;
            pool.KeepBytes = 8 * Small;
            Block block = pool.Take(Small);
            run.Share(pool);
            run.Thread("returns it", () =>
            {
                block.Release();
                Assert.InRange(pool.HeldBytes, -Small, 0);
            });
            pool.CollectBeforeSleep();
        });
    }
}
