namespace QContinuum.Loops;

/// <summary>How many connections the process has descriptors for.</summary>
internal static class Descriptors
{
    /// <summary>
    /// What is left to everything else: files, log, name resolution. A process without a free descriptor cannot even load an assembly, and dies.
    /// </summary>
    private const int Reserve = 32;

    /// <summary><c>RLIMIT_NOFILE</c> of Linux.</summary>
    private const int OpenFiles = 7;

    /// <summary>The limit of the process (<c>ulimit -n</c>), less what is open now and a reserve; 1 at least.</summary>
    internal static unsafe int ForConnections()
    {
        Libc.ResourceLimit limit;
        if (Libc.GetLimit(OpenFiles, &limit) != 0 || limit.Current > int.MaxValue)
        {
            return int.MaxValue;
        }

        int open = Directory.GetFileSystemEntries("/proc/self/fd").Length;
        return Math.Max((int)limit.Current - open - Reserve, 1);
    }
}
