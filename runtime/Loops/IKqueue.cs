using System.Runtime.InteropServices;

namespace QContinuum.Loops;

/// <summary>The system calls of kqueue(2). A struct behind it is the real one; tests give one that behaves as the manual says, on a machine that has none.</summary>
internal unsafe interface IKqueue
{
    /// <summary><c>sizeof(struct kevent)</c>: <see cref="KernelEvent"/>, and what may follow it.</summary>
    int EventSize { get; }

    /// <summary><c>EVFILT_USER</c>.</summary>
    short UserFilter { get; }

    /// <summary>kqueue(2).</summary>
    int Create();

    /// <summary>kevent(2). Changes and events are <see cref="EventSize"/> bytes apart; without <paramref name="timeout"/> it waits without end. Any thread.</summary>
    /// <returns>Events, or -1; the error is <see cref="Marshal.GetLastPInvokeError"/>.</returns>
    int Control(int queue, byte* changes, int changeCount, byte* events, int eventCount, KernelTime* timeout);

    /// <summary>close(2) of the queue.</summary>
    void Close(int queue);
}

/// <summary>The beginning of <c>struct kevent</c>, which is the same on macOS and FreeBSD, 64 bits.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct KernelEvent
{
    internal nuint Identifier;
    internal short Filter;
    internal ushort Flags;
    internal uint FilterFlags;
    internal nint Data;
    internal ulong UserData;
}

/// <summary><c>struct timespec</c> of 64 bits.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct KernelTime
{
    internal nint Seconds;
    internal nint Nanoseconds;
}
