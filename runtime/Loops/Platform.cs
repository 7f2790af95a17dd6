namespace QContinuum.Loops;

/// <summary>
/// What the system calls are told and answer in numbers, of one operating system: everything in which the headers of C differ. The numbers are those of 64 bits, x64 and arm64
/// alike. What is the same on all is a constant where it is used.
/// </summary>
internal sealed record Platform
{
    /// <summary>Of Linux, but for MIPS, SPARC and PA-RISC, which .NET does not run on.</summary>
    internal static readonly Platform Linux = new()
    {
        WouldBlock = 11,
        NoBuffers = 105,
        AddressNotAvailable = 99,
        NetworkUnreachable = 101,
        ConnectionReset = 104,
        TimedOut = 110,
        ConnectionRefused = 111,
        HostUnreachable = 113,
        LevelSocket = 1,
        OptionError = 4,
        OptionLinger = 13,
        SendNoSignal = 0x4000,
        AddressFamily6 = 10,
        AcceptFlags = 0x800 | 0x80000,
        LimitOpenFiles = 7,
        UnsentRequest = 0x5411,
        OpenFiles = "/proc/self/fd",
        FileModeOffset = 28,
        OpenCloseOnExec = 0x80000,
    };

    internal static readonly Platform MacOS = new()
    {
        WouldBlock = 35,
        NoBuffers = 55,
        AddressNotAvailable = 49,
        NetworkUnreachable = 51,
        ConnectionReset = 54,
        TimedOut = 60,
        ConnectionRefused = 61,
        HostUnreachable = 65,
        LevelSocket = 0xFFFF,
        OptionError = 0x1007,
        OptionLinger = 0x80,
        OptionNoSignal = 0x1022,
        OptionUnsent = 0x1024,
        AddressFamily6 = 30,
        AddressHasLength = true,
        LimitOpenFiles = 8,
        CloseOnExecRequest = 0x20006601,
        OpenFiles = "/dev/fd",
        FileModeOffset = 4,
        OpenCloseOnExec = 0x1000000,
        EventSize = 32,
        UserFilter = -10,
    };

    internal static readonly Platform FreeBSD = new()
    {
        WouldBlock = 35,
        NoBuffers = 55,
        AddressNotAvailable = 49,
        NetworkUnreachable = 51,
        ConnectionReset = 54,
        TimedOut = 60,
        ConnectionRefused = 61,
        HostUnreachable = 65,
        LevelSocket = 0xFFFF,
        OptionError = 0x1007,
        OptionLinger = 0x80,
        SendNoSignal = 0x20000,
        AddressFamily6 = 28,
        AddressHasLength = true,
        AcceptFlags = 0x20000000 | 0x10000000,
        LimitOpenFiles = 8,
        UnsentRequest = 0x40046677,
        OpenFiles = "/dev/fd",
        FileModeOffset = 24,
        OpenCloseOnExec = 0x100000,
        EventSize = 64,
        UserFilter = -11,
    };

    /// <summary>Of the machine that this runs on; Linux's where it is none of the three, and nothing asks for it.</summary>
    internal static readonly Platform Current = OperatingSystem.IsMacOS() ? MacOS : OperatingSystem.IsFreeBSD() ? FreeBSD : Linux;

    // <errno.h>
    internal required int WouldBlock { get; init; }

    internal required int NoBuffers { get; init; }

    internal required int AddressNotAvailable { get; init; }

    internal required int NetworkUnreachable { get; init; }

    internal required int ConnectionReset { get; init; }

    internal required int TimedOut { get; init; }

    internal required int ConnectionRefused { get; init; }

    internal required int HostUnreachable { get; init; }

    // <sys/socket.h>

    /// <summary><c>SOL_SOCKET</c>.</summary>
    internal required int LevelSocket { get; init; }

    /// <summary><c>SO_ERROR</c>.</summary>
    internal required int OptionError { get; init; }

    /// <summary><c>SO_LINGER</c>.</summary>
    internal required int OptionLinger { get; init; }

    /// <summary><c>SO_NOSIGPIPE</c>, where a socket is told once; 0 where it is told with every send.</summary>
    internal int OptionNoSignal { get; init; }

    /// <summary><c>MSG_NOSIGNAL</c>; 0 where it is an option.</summary>
    internal int SendNoSignal { get; init; }

    /// <summary><c>AF_INET6</c>.</summary>
    internal required int AddressFamily6 { get; init; }

    /// <summary>Whether an address begins with its length, a byte, and its family is another; otherwise the family has both.</summary>
    internal bool AddressHasLength { get; init; }

    /// <summary>
    /// <c>SOCK_NONBLOCK | SOCK_CLOEXEC</c> for <c>accept4</c>; 0 where there is only <c>accept</c>, by which a socket has the listener's <c>O_NONBLOCK</c>.
    /// </summary>
    internal int AcceptFlags { get; init; }

    // <sys/ioctl.h>

    /// <summary><c>FIOCLEX</c>: what <see cref="AcceptFlags"/> cannot say. It takes no argument.</summary>
    internal nuint CloseOnExecRequest { get; init; }

    /// <summary><c>SIOCOUTQ</c>, or <c>FIONWRITE</c>: bytes sent that are not confirmed; 0 where it is an option.</summary>
    internal nuint UnsentRequest { get; init; }

    /// <summary><c>SO_NWRITE</c>: the same as an option.</summary>
    internal int OptionUnsent { get; init; }

    // <sys/resource.h>

    /// <summary><c>RLIMIT_NOFILE</c>.</summary>
    internal required int LimitOpenFiles { get; init; }

    /// <summary>The folder that has an entry for each open descriptor.</summary>
    internal required string OpenFiles { get; init; }

    // <sys/stat.h>, <fcntl.h>

    /// <summary>Where a file's <c>st_mode</c> is, of 16 bits; on Linux <c>stx_mode</c>.</summary>
    internal required int FileModeOffset { get; init; }

    /// <summary><c>O_RDONLY | O_CLOEXEC</c>.</summary>
    internal required int OpenCloseOnExec { get; init; }

    // <sys/event.h>

    /// <summary><c>sizeof(struct kevent)</c>: the first 32 bytes are the same everywhere.</summary>
    internal int EventSize { get; init; }

    /// <summary><c>EVFILT_USER</c>.</summary>
    internal short UserFilter { get; init; }
}
