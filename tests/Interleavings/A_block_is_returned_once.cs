using QContinuum.Buffers;
using QContinuum.Interleavings.Tests.Exploring;
using QContinuum.Interleavings.Tests.Support;
using Xunit.Abstractions;

namespace QContinuum.Interleavings.Tests;

public sealed class A_block_is_returned_once(ITestOutputHelper output)
{
    private readonly Explorer _released = new(Released, mostSwitches: 3);

    [Fact]
    public void Whoever_releases_it_last() => _released.Holds(output);

    [Theory]
    [InlineData("Block", "Retain", "Increment")]
    [InlineData("Block", "Release", "Decrement")]
    [InlineData("BlockPool", "Return", "CompareExchange")]
    [InlineData("BlockPool", "Return", "Increment")]
    [InlineData("BlockPool", "Return", "Add")]
    public void Were_an_operation_not_atomic_it_would_not(string type, string member, string operation)
        => _released.Finds(new Weakness(type, member, operation), output);

    /// <summary>The owner takes two blocks, and holders on two other threads release them; one of them holds one more while it does.</summary>
    private static void Released(Run run)
    {
        BlockLedger.Clear();
        BlockPool pool = null!;
        run.Thread("owner", () =>
        {
            pool = BlockPool.OfThread;
            Block first = pool.Take(1024);
            Block second = pool.Take(1024);
            run.Share(pool, first, second);
            first.Retain();
            run.Thread("one", () =>
            {
                first.Retain();
                first.Release();
                first.Release();
            });
            run.Thread("two", second.Release);
            first.Release();
            Block third = pool.Take(1024);
            Block fourth = pool.Take(1024);
            Assert.NotSame(third, fourth);
            third.Release();
            fourth.Release();
        });
        run.AtRest(() =>
        {
            Assert.Equal(0, pool.Outstanding);
            Assert.Equal(Inner.Of(pool, "_takenBytes"), (long)Inner.Of(pool, "_releasedHereBytes") + (long)Inner.Of(pool, "_releasedElsewhereBytes"));
            Assert.Empty(BlockLedger.HeldOf(null));
        });
    }
}
