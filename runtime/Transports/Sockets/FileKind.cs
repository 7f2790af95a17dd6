using System.Runtime.InteropServices;
using QContinuum.Loops;

namespace QContinuum.Transports.Sockets;

/// <summary>What has a name in the file system. It is not opened: to open a pipe lets its other end go on, and to open a device may do anything.</summary>
internal static unsafe class FileKind
{
    /// <summary><c>AT_FDCWD</c>, which a whole path makes no use of, and <c>AT_SYMLINK_NOFOLLOW</c>.</summary>
    private const int WorkingFolder = -100;
    private const int NotBehindLinks = 0x100;

    /// <summary><c>STATX_TYPE</c>.</summary>
    private const uint Kind = 1;

    /// <summary><c>S_IFMT</c> and <c>S_IFSOCK</c>.</summary>
    private const int KindMask = 0xF000;
    private const int SocketKind = 0xC000;

    /// <summary>The longest that a system tells, <c>struct statx</c>.</summary>
    private const int FactsSize = 256;

    /// <summary>Whether it is a unix domain socket itself, and not a link to one.</summary>
    internal static bool IsSocket(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            FileInfo file = new(path);
            return file.Exists && (file.Attributes & FileAttributes.ReparsePoint) != 0 && file.LinkTarget is null;
        }

        byte* facts = stackalloc byte[FactsSize];
        int error = !OperatingSystem.IsMacOS() && !OperatingSystem.IsFreeBSD() ? Libc.FileFactsOfLinux(WorkingFolder, path, NotBehindLinks, Kind, facts)
            : OperatingSystem.IsMacOS() && RuntimeInformation.ProcessArchitecture == Architecture.X64 ? Libc.FileFactsOfMacOnX64(path, facts)
            : Libc.FileFacts(path, facts);
        return error == 0 && (*(ushort*)(facts + Platform.Current.FileModeOffset) & KindMask) == SocketKind;
    }
}
