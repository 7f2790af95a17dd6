using QContinuum.Loops;

namespace QContinuum.Runtime.Tests.Support.Kqueue;

/// <summary>Loops that wait with a simulated kqueue: each on a machine of its own.</summary>
internal static class KqueuePollers
{
    public static Pollers MacOS { get; } = new Pollers<KqueuePoller<SimulatedKqueue>>(
        "simulated kqueue",
        static () => new(new SimulatedKqueue(SimulatedKernel.MacOS())));
}
