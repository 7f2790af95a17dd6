using System.Globalization;

namespace QContinuum.Runtime.Tests.Support;

/// <summary>How long a thread has run, as the kernel counts it: whatever else the machine does, who sleeps uses none. Elsewhere than on Linux nothing is known of it.</summary>
internal static class ProcessorTime
{
    // Fields of proc(5)'s stat, counted from the one after the name: state is the first.
    private const int UserTicks = 11;
    private const int SystemTicks = 12;

    public static bool IsKnown { get; } = OperatingSystem.IsLinux();

    /// <summary>The kernel's number of the calling thread; 0 where the time of threads is not known.</summary>
    public static int CurrentThread
        => IsKnown ? int.Parse(File.ReadAllText("/proc/thread-self/stat").Split(' ')[0], CultureInfo.InvariantCulture) : 0;

    /// <summary>Ticks of the kernel's clock, of 10 ms each, that a thread of this process has run.</summary>
    public static long Of(int thread)
    {
        string stat = File.ReadAllText($"/proc/self/task/{thread}/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return long.Parse(fields[UserTicks], CultureInfo.InvariantCulture) + long.Parse(fields[SystemTicks], CultureInfo.InvariantCulture);
    }
}
