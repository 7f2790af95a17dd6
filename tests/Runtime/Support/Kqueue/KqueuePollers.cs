using QContinuum.Loops;

namespace QContinuum.Runtime.Tests.Support.Kqueue;

/// <summary>Loops that wait with a simulated kqueue: each on a machine of its own.</summary>
internal static class KqueuePollers
{
    public static Pollers MacOS { get; } = Of(Machines.MacOS);

    public static Pollers FreeBSD { get; } = Of(Machines.FreeBSD);

    private static Pollers<KqueuePoller<SimulatedKqueue>> Of(string machine) => new(machine, () => Machines.SimulatedPollerOf(machine));
}
