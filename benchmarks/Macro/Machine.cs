using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace QContinuum.Benchmarks.Macro;

/// <summary>What is measured on, and which of its cores have the server and the load.</summary>
internal static class Machine
{
    /// <summary>The core of the server, and that of whoever loads it: the farthest apart, so that they are no two threads of one.</summary>
    public static (int Server, int Load) Cores { get; } = ChooseCores();

    /// <summary>The cores of a server that has two: not the load's, where there is a third.</summary>
    public static string TwoCores { get; } = string.Join(',', Allowed().Where(static core => core != Cores.Load).Prepend(Cores.Load).TakeLast(2));

    public static string Describe(string[] args)
    {
        string processor = File.ReadLines("/proc/cpuinfo").FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "?";
        string kernel = File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
        string load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        return string.Create(CultureInfo.InvariantCulture, $"""
            {processor}, {Environment.ProcessorCount} cores, Linux {kernel}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}; {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC; load average {load} before the first measurement
            `{string.Join(' ', ["dotnet run -c Release --project benchmarks/Macro", .. args.Length == 0 ? [] : args.Prepend("--")])}`
            """);
    }

    private static (int Server, int Load) ChooseCores()
    {
        int[] allowed = Allowed();
        return allowed.Length == 1
            ? throw new MissingException("two cores are missing: one has the server, another the load")
            : (allowed[^1], allowed[0]);
    }

    private static int[] Allowed()
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new MissingException("Linux is missing: processor time and memory are read as it tells them");
        }

        using Process self = Process.GetCurrentProcess();
        ulong cores = (ulong)self.ProcessorAffinity;
        return [.. Enumerable.Range(0, 64).Where(core => (cores >> core & 1) != 0)];
    }
}
