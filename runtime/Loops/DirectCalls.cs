using System.Runtime.InteropServices;

namespace QContinuum.Loops;

/// <summary>
/// The numbers of the system calls that move data, where they are called by number. The functions of libc are points at which a thread may be cancelled, and to say so costs
/// two atomic operations a call as soon as a process has threads; nobody cancels the thread of a loop.
/// </summary>
internal static class DirectCalls
{
    /// <summary><c>SYS_recvfrom</c>; 0 where libc's function is called.</summary>
    internal static readonly nint Receive = Number(x64: 45, arm64: 207);

    /// <summary><c>SYS_sendto</c>; 0 where libc's function is called.</summary>
    internal static readonly nint Send = Number(x64: 44, arm64: 206);

    private static nint Number(nint x64, nint arm64)
        => !OperatingSystem.IsLinux() ? 0
            : RuntimeInformation.ProcessArchitecture switch
            {
                Architecture.X64 => x64,
                Architecture.Arm64 => arm64,
                _ => 0,
            };
}
