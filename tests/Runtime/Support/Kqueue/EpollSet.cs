using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using QContinuum.Loops;

namespace QContinuum.Runtime.Tests.Support.Kqueue;

/// <summary>epoll(7) as it is: what the simulated kqueue learns from.</summary>
internal sealed unsafe class EpollSet : IDisposable
{
    public const uint In = 0x001;
    public const uint Out = 0x004;
    public const uint Error = 0x008;
    public const uint HangUp = 0x010;
    public const uint ReadHangUp = 0x2000;
    public const uint EdgeTriggered = 1u << 31;

    private const int CloseOnExec = 0x80000;
    private const int ControlAdd = 1;
    private const int ControlDelete = 2;
    private const int ControlModify = 3;

    public EpollSet()
    {
        Descriptor = Libc.EpollCreate(CloseOnExec);
        if (Descriptor < 0)
        {
            throw new InvalidOperationException($"No epoll: error {Marshal.GetLastPInvokeError()}.");
        }
    }

    public int Descriptor { get; }

    private static int EventSize => RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;

    private static int KeyOffset => EventSize - sizeof(ulong);

    public void Add(int descriptor, uint events, ulong key) => Control(ControlAdd, descriptor, events, key);

    /// <summary>Also what is edge-triggered is reported again, if it is ready.</summary>
    public void Modify(int descriptor, uint events, ulong key) => Control(ControlModify, descriptor, events, key);

    public void Remove(int descriptor) => Control(ControlDelete, descriptor, 0, 0);

    /// <summary>epoll_wait(2).</summary>
    /// <returns>How many happened, or an error, negated.</returns>
    public int Wait(Span<(uint Events, ulong Key)> happened, int timeoutMilliseconds)
    {
        byte* entries = stackalloc byte[happened.Length * EventSize];
        int count = Libc.EpollWait(Descriptor, entries, happened.Length, timeoutMilliseconds);
        if (count < 0)
        {
            return -Marshal.GetLastSystemError();
        }

        for (int i = 0; i < count; i++)
        {
            byte* entry = entries + (i * EventSize);
            happened[i] = (Unsafe.ReadUnaligned<uint>(entry), Unsafe.ReadUnaligned<ulong>(entry + KeyOffset));
        }

        return count;
    }

    public void Dispose() => _ = Libc.Close(Descriptor);

    /// <summary>What is closed is not there any more, and nobody minds.</summary>
    private void Control(int operation, int descriptor, uint events, ulong key)
    {
        byte* entry = stackalloc byte[EventSize];
        Unsafe.WriteUnaligned(entry, events);
        Unsafe.WriteUnaligned(entry + KeyOffset, key);
        _ = Libc.EpollControl(Descriptor, operation, descriptor, entry);
    }
}
