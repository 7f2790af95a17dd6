using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using QContinuum.Buffers;

namespace QContinuum.Loops;

/// <summary>kqueue(2), level-triggered, woken through <c>EVFILT_USER</c>.</summary>
/// <remarks>
/// A handle is known to the kernel once for each direction, by a filter of its own. A direction that is not wanted must not be reported, yet its failure must be: its filter is then
/// armed for the end alone, with a low-water mark that no buffer reaches, and edge-triggered, since an end that nobody acts upon stays one. Some kernels cut that mark to the
/// size of the buffer, and report a buffer that is full or empty: what comes from such a filter without an end is dropped here.
/// </remarks>
internal unsafe struct KqueuePoller<TKqueue> : IPoller
    where TKqueue : struct, IKqueue
{
    private const int EventsAWait = 256;

    /// <summary>Most changes at once: each of two filters is deleted and added.</summary>
    private const int MostChanges = 4;

    // <sys/event.h>
    private const short FilterRead = -1;
    private const short FilterWrite = -2;
    private const ushort FlagAdd = 0x0001;
    private const ushort FlagDelete = 0x0002;
    private const ushort FlagClear = 0x0020;
    private const ushort FlagReceipt = 0x0040;
    private const ushort FlagError = 0x4000;
    private const ushort FlagEnd = 0x8000;
    private const uint NoteLowWater = 0x0001;
    private const uint NoteTrigger = 0x01000000;

    // <errno.h>
    private const int Interrupted = 4;

    /// <summary>The identifier of the filter that wakes, and its key: no handle has that, since generations begin at 1.</summary>
    private const int Waker = 0;

    /// <summary>A mark that no buffer reaches.</summary>
    private const int OutOfReach = int.MaxValue;

    private readonly TKqueue _kernel;
    private readonly int _queue;
    private readonly int _size;
    private readonly byte* _events;
    private readonly Reported* _reported;

    public KqueuePoller(TKqueue kernel)
    {
        _kernel = kernel;
        _size = kernel.EventSize;
        Debug.Assert(_size >= sizeof(KernelEvent) && _size % sizeof(ulong) == 0, "an event begins with what is known of it");
        _queue = kernel.Create();
        if (_queue < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "An event loop cannot be created");
        }

        _events = (byte*)NativeMemory.AllocZeroed(EventsAWait, (nuint)_size);
        _reported = (Reported*)NativeMemory.AllocZeroed(EventsAWait, (nuint)sizeof(Reported));
        byte* change = stackalloc byte[_size];
        Fill(change, Waker, kernel.UserFilter, FlagAdd | FlagClear, Waker);
        if (_kernel.Control(_queue, change, 1, null, 0, null) < 0)
        {
            int error = Marshal.GetLastPInvokeError();
            Dispose();
            throw new Win32Exception(error, "An event loop cannot be created");
        }
    }

    public static nint Listen(Socket socket) => socket.Handle;

    public static nint Connect(Socket socket, EndPoint endpoint) => SocketHandle.Connect(socket, endpoint);

    public readonly int Wait(int timeoutMilliseconds)
    {
        KernelTime time = new() { Seconds = timeoutMilliseconds / 1000, Nanoseconds = timeoutMilliseconds % 1000 * 1_000_000 };
        int count = _kernel.Control(_queue, null, 0, _events, EventsAWait, timeoutMilliseconds < 0 ? null : &time);
        if (count < 0 && Marshal.GetLastPInvokeError() != Interrupted)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "kevent failed");
        }

        int reported = 0;
        for (int i = 0; i < count; i++)
        {
            KernelEvent* happened = (KernelEvent*)(_events + (i * _size));
            if (Translate(happened) is not Readiness.None and var readiness)
            {
                _reported[reported++] = new Reported { Key = happened->UserData, Readiness = readiness };
            }
        }

        return reported;
    }

    public readonly Readiness Event(int index, out ulong key)
    {
        Debug.Assert((uint)index < EventsAWait, "an event of the last wait");
        key = _reported[index].Key;
        return _reported[index].Readiness;
    }

    public readonly void Wake()
    {
        byte* change = stackalloc byte[_size];
        Fill(change, Waker, _kernel.UserFilter, 0, Waker, NoteTrigger);
        _ = _kernel.Control(_queue, change, 1, null, 0, null);
    }

    public readonly void Add(nint handle, ulong key, Readiness interest)
    {
        byte* changes = stackalloc byte[MostChanges * _size];
        Apply(changes, Arm(changes, 0, handle, key, interest));
    }

    public readonly void Modify(nint handle, ulong key, Readiness interest)
    {
        // What is there already may keep the flags it was added with: deleted first, so that it is what is asked for.
        byte* changes = stackalloc byte[MostChanges * _size];
        Apply(changes, Arm(changes, Disarm(changes, handle), handle, key, interest));
    }

    public readonly void Remove(nint handle)
    {
        // Explicitly, since closing alone does not deregister a description that was duplicated.
        byte* changes = stackalloc byte[MostChanges * _size];
        Apply(changes, Disarm(changes, handle));
    }

    public readonly nint Accept(nint listener, out SocketPeerAddress address) => NativeSocket.Accept(listener, out address);

    public readonly int Receive(nint handle, byte* destination, int length) => NativeSocket.Receive(handle, destination, length);

    public readonly int Send(nint handle, Block chain) => NativeSocket.Send(handle, chain);

    public readonly bool WasReset(nint handle) => NativeSocket.WasReset(handle);

    public readonly int Unconfirmed(nint handle) => NativeSocket.Unconfirmed(handle);

    public readonly SocketError FinishConnect(nint handle) => NativeSocket.FinishConnect(handle);

    public readonly void ShutdownWrite(nint handle) => NativeSocket.ShutdownWrite(handle);

    public readonly void Close(nint handle, bool reset)
    {
        Remove(handle);
        Discard(handle, reset);
    }

    public readonly void Discard(nint handle, bool reset) => NativeSocket.Close(handle, reset);

    public readonly void Dispose()
    {
        _kernel.Close(_queue);
        NativeMemory.Free(_events);
        NativeMemory.Free(_reported);
    }

    /// <summary>What an event says in the loop's terms; nothing for a wake-up, and for what was not asked for.</summary>
    private static Readiness Translate(KernelEvent* happened)
    {
        if (happened->UserData == Waker)
        {
            return Readiness.None;
        }

        bool isAsked = (happened->Flags & FlagClear) == 0;
        bool isEnd = (happened->Flags & FlagEnd) != 0;
        Readiness readiness = isEnd && happened->FilterFlags != 0 ? Readiness.Failed : Readiness.None;
        if (happened->Filter == FilterRead)
        {
            // The end of what is received is learnt by receiving it.
            return isAsked ? readiness | Readiness.Readable : readiness;
        }

        if (isEnd && readiness == Readiness.None)
        {
            readiness = Readiness.HungUp;
        }

        return isAsked ? readiness | Readiness.Writable : readiness;
    }

    /// <summary>Adds the filters of a handle.</summary>
    /// <returns>Changes that are there now.</returns>
    private readonly int Arm(byte* changes, int count, nint handle, ulong key, Readiness interest)
    {
        bool read = (interest & Readiness.Readable) != 0;
        bool write = (interest & Readiness.Writable) != 0;
        count = ArmOne(changes, count, handle, key, FilterRead, read);

        // Who is read hears of every end there.
        return write || !read ? ArmOne(changes, count, handle, key, FilterWrite, write) : count;
    }

    private readonly int ArmOne(byte* changes, int count, nint handle, ulong key, short filter, bool isWanted)
    {
        byte* change = changes + (count * _size);
        if (isWanted)
        {
            Fill(change, (nuint)handle, filter, FlagAdd | FlagReceipt, key);
        }
        else
        {
            Fill(change, (nuint)handle, filter, FlagAdd | FlagReceipt | FlagClear, key, NoteLowWater, OutOfReach);
        }

        return count + 1;
    }

    private readonly int Disarm(byte* changes, nint handle)
    {
        Fill(changes, (nuint)handle, FilterRead, FlagDelete | FlagReceipt, 0);
        Fill(changes + _size, (nuint)handle, FilterWrite, FlagDelete | FlagReceipt, 0);
        return 2;
    }

    /// <summary>Makes changes; each is answered, in their order, by a receipt with its error or 0.</summary>
    private readonly void Apply(byte* changes, int count)
    {
        Debug.Assert(count <= MostChanges, "there is room for the receipts");
        byte* receipts = stackalloc byte[MostChanges * _size];
        KernelTime now = default;
        int answered = _kernel.Control(_queue, changes, count, receipts, count, &now);
        if (answered < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "kevent failed");
        }

        for (int i = 0; i < answered; i++)
        {
            KernelEvent* receipt = (KernelEvent*)(receipts + (i * _size));
            ushort asked = ((KernelEvent*)(changes + (i * _size)))->Flags;

            // What is to be deleted need not be there; and where the end cannot be watched for alone, it is learnt later.
            if ((receipt->Flags & FlagError) != 0 && receipt->Data != 0 && (asked & (FlagDelete | FlagClear)) == 0)
            {
                throw new Win32Exception((int)receipt->Data, "kevent refused a handle");
            }
        }
    }

    private readonly void Fill(byte* entry, nuint identifier, short filter, int flags, ulong key, uint filterFlags = 0, nint data = 0)
    {
        new Span<byte>(entry, _size).Clear();
        *(KernelEvent*)entry = new KernelEvent
        {
            Identifier = identifier,
            Filter = filter,
            Flags = (ushort)flags,
            FilterFlags = filterFlags,
            Data = data,
            UserData = key,
        };
    }

    private struct Reported
    {
        internal ulong Key;
        internal Readiness Readiness;
    }
}
