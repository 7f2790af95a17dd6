namespace QContinuum.Loops;

/// <summary>How many connections the process has descriptors for.</summary>
internal static class Descriptors
{
    /// <summary>
    /// What is left to everything else: files, log, name resolution. A process without a free descriptor cannot even load an assembly, and dies.
    /// </summary>
    private const int Reserve = 32;

    /// <summary>The limit of the process (<c>ulimit -n</c>), less what is open now and a reserve; 1 at least. Windows has no such limit.</summary>
    internal static unsafe int ForConnections()
    {
        if (OperatingSystem.IsWindows())
        {
            return int.MaxValue;
        }

        Libc.ResourceLimit limit;
        if (Libc.GetLimit(Platform.Current.LimitOpenFiles, &limit) != 0 || limit.Current > int.MaxValue)
        {
            return int.MaxValue;
        }

        int open = Directory.GetFileSystemEntries(Platform.Current.OpenFiles).Length;
        return Math.Max((int)limit.Current - open - Reserve, 1);
    }
}
