using QContinuum.Loops;

namespace QContinuum.Runtime.Tests.Support.Kqueue;

/// <summary>
/// Machines that have a kqueue: on Linux those that are simulated; elsewhere the one that the tests run on, against which what is simulated is so proved.
/// </summary>
internal static class Machines
{
    public const string MacOS = "simulated-macos";
    public const string FreeBSD = "simulated-freebsd";
    private const string This = "this";

    public static TheoryData<string> All => OperatingSystem.IsLinux() ? [MacOS, FreeBSD] : [This];

    public static IKqueue KqueueOf(string machine) => machine == This ? default(SystemKqueue) : new SimulatedKqueue(KernelOf(machine));

    public static IPoller PollerOf(string machine) => machine == This ? new KqueuePoller<SystemKqueue>(default) : SimulatedPollerOf(machine);

    public static KqueuePoller<SimulatedKqueue> SimulatedPollerOf(string machine) => new(new SimulatedKqueue(KernelOf(machine)));

    private static SimulatedKernel KernelOf(string machine) => machine == MacOS ? SimulatedKernel.MacOS() : SimulatedKernel.FreeBSD();
}
