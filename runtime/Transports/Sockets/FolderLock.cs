using QContinuum.Loops;

namespace QContinuum.Transports.Sockets;

/// <summary>
/// Held by who looks at the file of a socket and does something about it: meanwhile no other server, of this process or another, does the same in that folder. It
/// is advisory, leaves no file behind, and ends with the process.
/// </summary>
internal readonly struct FolderLock : IDisposable
{
    /// <summary>It is held for a few system calls. Who has it longer has it for something else, and does not keep a server from starting.</summary>
    private const int PatienceMilliseconds = 1000;

    /// <summary><c>LOCK_EX | LOCK_NB</c>.</summary>
    private const int Exclusive = 2 | 4;

    private const int None = -1;

    private readonly int _descriptor;

    private FolderLock(int descriptor) => _descriptor = descriptor;

    /// <summary>Waits until it can be had. Nothing is locked where there is no such folder, where it may not be read, and on Windows.</summary>
    internal static FolderLock Take(string? folder)
    {
        if (OperatingSystem.IsWindows() || !Directory.Exists(folder))
        {
            return new FolderLock(None);
        }

        int descriptor = Libc.Open(folder, Platform.Current.OpenCloseOnExec);
        long begun = Environment.TickCount64;
        while (descriptor != None && Libc.Lock(descriptor, Exclusive) != 0 && Environment.TickCount64 - begun < PatienceMilliseconds)
        {
            Thread.Sleep(1);
        }

        return new FolderLock(descriptor);
    }

    public void Dispose()
    {
        if (_descriptor != None)
        {
            _ = Libc.Close(_descriptor);
        }
    }
}
