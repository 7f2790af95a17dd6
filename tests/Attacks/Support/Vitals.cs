using System.Globalization;

namespace QContinuum.Attacks.Tests.Support;

/// <summary>What the kernel tells of a running process.</summary>
internal sealed class Vitals(int process)
{
    /// <summary>Time on a processor since its start, in ticks of 10 ms.</summary>
    public long CpuTicks
    {
        get
        {
            // The name of the program, in parentheses, may have blanks in it; what follows has none.
            string[] fields = Read("stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return Number(fields[11]) + Number(fields[12]);
        }
    }

    /// <summary>Open descriptors but those of files: the runtime opens assemblies and their symbols as they are needed, for the first exception for instance, and keeps them.</summary>
    public int Descriptors => Directory.GetFileSystemEntries($"/proc/{process}/fd")
        .Count(static entry => new FileInfo(entry).LinkTarget is { } target && !target.StartsWith('/'));

    /// <summary>All open descriptors: so many of what <c>ulimit -n</c> allows are used.</summary>
    public int AllDescriptors => Directory.GetFileSystemEntries($"/proc/{process}/fd").Length;

    public int Threads => (int)Status("Threads");

    /// <summary>Memory that is really there, in bytes.</summary>
    public long ResidentBytes => 1024 * Status("VmRSS");

    /// <summary>The most there was since <see cref="ForgetMost"/>: no peak is missed between two looks.</summary>
    public long MostResidentBytes => 1024 * Status("VmHWM");

    /// <summary>Memory the process may write to, be it there or merely promised, in bytes.</summary>
    public long CommittedBytes => 1024 * Status("VmData");

    /// <summary>Bytes it wrote, to files and sockets alike.</summary>
    public long WrittenBytes => Number(Line("io", "wchar:"));

    public void ForgetMost() => File.WriteAllText($"/proc/{process}/clear_refs", "5");

    private long Status(string name) => Number(Line("status", $"{name}:").Replace(" kB", "", StringComparison.Ordinal));

    private string Line(string file, string beginning)
        => Read(file).Split('\n').Single(line => line.StartsWith(beginning, StringComparison.Ordinal))[beginning.Length..];

    private string Read(string file) => File.ReadAllText($"/proc/{process}/{file}");

    private static long Number(string text) => long.Parse(text.Trim(), CultureInfo.InvariantCulture);
}
