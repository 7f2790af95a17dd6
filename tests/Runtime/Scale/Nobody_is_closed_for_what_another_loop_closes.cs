using QContinuum.Buffers;
using QContinuum.Loops;

namespace QContinuum.Runtime.Tests.Scale;

[Collection(nameof(Alone))]
public sealed class Nobody_is_closed_for_what_another_loop_closes
{
    private const int Mebibyte = 1024 * 1024;

    /// <summary>A loop that begins to close its largest has none any more: so the other one has, for what makes memory short no longer.</summary>
    [Fact]
    public void From_the_moment_at_which_it_begins()
    {
        Block large = BlockPool.OfThread.Take(16 * Mebibyte, exactly: true);
        MemoryGuard guard = new(BlockPool.HeldBytesOfAll - Mebibyte, loops: 2);
        guard.Check(now: 1, atOnce: false);
        guard.Report(0, Mebibyte);
        guard.Report(1, 2 * Mebibyte);
        Assert.True(guard.IsStillTooMuch(now: 1));

        guard.Relieve(1, 2 * Mebibyte);
        guard.Report(1, 0);

        Assert.True(guard.IsLargest(0));
        Assert.False(guard.IsStillTooMuch(now: 1));
        large.Release();
    }
}
