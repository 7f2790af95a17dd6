using QContinuum.Loops;

namespace QContinuum.Runtime.Tests.Support.Kqueue;

/// <summary>
/// Machines that have a kqueue: on Linux those that are simulated; elsewhere the one that the tests run on, against which what is simulated is so proved.
/// </summary>
internal static class Machines
{
    private const string MacOS = "simulated macOS";
    private const string FreeBSD = "simulated FreeBSD";
    private const string This = "this";

    public static TheoryData<string> All => OperatingSystem.IsLinux() ? [MacOS, FreeBSD] : [This];

    public static IKqueue KqueueOf(string machine) => machine == This ? default(SystemKqueue) : new SimulatedKqueue(KernelOf(machine));

    public static IPoller PollerOf(string machine)
        => machine == This ? new KqueuePoller<SystemKqueue>(default) : new KqueuePoller<SimulatedKqueue>(new SimulatedKqueue(KernelOf(machine)));

    private static SimulatedKernel KernelOf(string machine) => machine == MacOS ? SimulatedKernel.MacOS() : SimulatedKernel.FreeBSD();
}
