using System.Runtime.InteropServices;

namespace QContinuum.Loops;

/// <summary>
/// The system calls of the data path. Every argument is blittable; errors are read through <see cref="Marshal.GetLastPInvokeError"/>, since errno itself may be overwritten
/// by the runtime before managed code sees it. None suppresses the transition to the garbage collector: each may block or run long.
/// </summary>
/// <remarks>
/// Those that are called for every read and every write do not have errno saved each time: where they fail, and then alone, the caller reads it by
/// <see cref="Marshal.GetLastSystemError"/> before anything else is called. That is what code generated for <c>SetLastError</c> does, the return from the call included.
/// </remarks>
internal static unsafe partial class Libc
{
    private const string Library = "libc";

    [LibraryImport(Library, EntryPoint = "epoll_create1", SetLastError = true)]
    internal static partial int EpollCreate(int flags);

    [LibraryImport(Library, EntryPoint = "epoll_ctl", SetLastError = true)]
    internal static partial int EpollControl(int epoll, int operation, int descriptor, byte* epollEvent);

    /// <summary>errno: <see cref="Marshal.GetLastSystemError"/>.</summary>
    [LibraryImport(Library, EntryPoint = "epoll_wait")]
    internal static partial int EpollWait(int epoll, byte* events, int maxEvents, int timeoutMilliseconds);

    [LibraryImport(Library, EntryPoint = "eventfd", SetLastError = true)]
    internal static partial int EventDescriptor(uint initial, int flags);

    [LibraryImport(Library, EntryPoint = "accept4", SetLastError = true)]
    internal static partial int Accept(int descriptor, byte* address, int* addressLength, int flags);

    [LibraryImport(Library, EntryPoint = "accept", SetLastError = true)]
    internal static partial int Accept(int descriptor, byte* address, int* addressLength);

    /// <summary>errno: <see cref="Marshal.GetLastSystemError"/>.</summary>
    [LibraryImport(Library, EntryPoint = "recv")]
    internal static partial nint Receive(int descriptor, byte* buffer, nint length, int flags);

    /// <summary>errno: <see cref="Marshal.GetLastSystemError"/>.</summary>
    [LibraryImport(Library, EntryPoint = "send")]
    internal static partial nint Send(int descriptor, byte* buffer, nint length, int flags);

    /// <summary>errno: <see cref="Marshal.GetLastSystemError"/>.</summary>
    [LibraryImport(Library, EntryPoint = "sendmsg")]
    internal static partial nint SendMessage(int descriptor, MessageVector* message, int flags);

    /// <summary>
    /// A system call by its number: see <see cref="DirectCalls"/>. Variadic in C, which on x64 and on arm64, but Apple's, is the same calling convention for integers. errno:
    /// <see cref="Marshal.GetLastSystemError"/>.
    /// </summary>
    [LibraryImport(Library, EntryPoint = "syscall")]
    internal static partial nint SystemCall(nint number, nint descriptor, byte* buffer, nint length, nint flags, void* address, nint addressLength);

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    internal static partial nint Write(int descriptor, byte* buffer, nint length);

    [LibraryImport(Library, EntryPoint = "getsockopt", SetLastError = true)]
    internal static partial int GetOption(int descriptor, int level, int name, void* value, int* length);

    [LibraryImport(Library, EntryPoint = "setsockopt", SetLastError = true)]
    internal static partial int SetOption(int descriptor, int level, int name, void* value, int length);

    // Variadic in C, which is another calling convention on Apple's arm64 alone: there it is called without an argument.
    [LibraryImport(Library, EntryPoint = "ioctl", SetLastError = true)]
    internal static partial int Control(int descriptor, nuint request, int* value);

    [LibraryImport(Library, EntryPoint = "shutdown", SetLastError = true)]
    internal static partial int Shutdown(int descriptor, int how);

    [LibraryImport(Library, EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(int descriptor);

    [LibraryImport(Library, EntryPoint = "getrlimit", SetLastError = true)]
    internal static partial int GetLimit(int resource, ResourceLimit* limit);

    /// <summary><c>struct rlimit</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct ResourceLimit
    {
        internal nuint Current;
        internal nuint Most;
    }

    /// <summary><c>struct iovec</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct IoVector
    {
        internal byte* Base;
        internal nint Length;
    }

    /// <summary>
    /// <c>struct msghdr</c> of Linux on 64 bits. Elsewhere the number of vectors and the length of the control data have 32 bits, and what follows them is padding or
    /// flags: with both lengths small and everything else zero the bytes are the same.
    /// </summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct MessageVector
    {
        internal void* Name;
        internal uint NameLength;
        internal IoVector* Vectors;
        internal nint VectorCount;
        internal void* Control;
        internal nint ControlLength;
        internal int Flags;
    }
}
