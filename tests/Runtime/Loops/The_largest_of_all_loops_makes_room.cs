using QContinuum.Loops;

namespace QContinuum.Runtime.Tests.Loops;

public sealed class The_largest_of_all_loops_makes_room
{
    [Fact]
    public void And_no_other_loop_does_meanwhile()
    {
        MemoryGuard guard = new(1, loops: 2);
        guard.Report(0, 10);
        guard.Report(1, 20);

        Assert.False(guard.IsLargest(0));
        Assert.True(guard.IsLargest(1));
        guard.Report(1, 0);
        guard.Relieve(1, held: 20);
        Assert.True(guard.IsLargest(0));
    }

    /// <summary>What was reported of a peer that is gone must not keep the others for ever.</summary>
    [Fact]
    public void A_loop_without_any_holds_nobody_up()
    {
        MemoryGuard guard = new(1, loops: 2);
        guard.Report(0, 10);
        guard.Report(1, 20);
        guard.Report(1, 0);

        Assert.True(guard.IsLargest(0));
    }
}
