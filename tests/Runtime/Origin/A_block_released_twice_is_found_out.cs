#if DEBUG
using QContinuum.Buffers;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Origin;

/// <summary>There it went into the pool twice, and to two owners from there.</summary>
public sealed class A_block_released_twice_is_found_out
{
    [Fact]
    public void And_the_place_that_took_it_is_named() => OwnThread.Run(static () =>
    {
        Block block = BlockPool.OfThread.Take(100);
        block.Release();

        InvalidOperationException found = Assert.Throws<InvalidOperationException>(block.Release);

        Assert.Contains("A_block_released_twice_is_found_out.cs", found.Message, StringComparison.Ordinal);
    });
}
#endif
