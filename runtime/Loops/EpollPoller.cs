using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using QContinuum.Buffers;

namespace QContinuum.Loops;

/// <summary>epoll(7), level-triggered, woken through an eventfd(2).</summary>
internal readonly unsafe struct EpollPoller : IPoller
{
    private const int EventsAWait = 256;

    // <sys/epoll.h>
    private const int EpollCloseOnExec = 0x80000;
    private const int ControlAdd = 1;
    private const int ControlDelete = 2;
    private const int ControlModify = 3;
    private const uint EpollIn = 0x001;
    private const uint EpollOut = 0x004;
    private const uint EpollError = 0x008;
    private const uint EpollHangup = 0x010;
    private const uint EpollEdgeTriggered = 1u << 31;

    // <sys/eventfd.h>
    private const int EventNonBlocking = 0x800;
    private const int EventCloseOnExec = 0x80000;

    /// <summary><c>EINTR</c>.</summary>
    private const int Interrupted = 4;

    /// <summary>The key of the eventfd: no handle has it, since generations begin at 1.</summary>
    private const ulong WakeKey = 0;

    private readonly int _epoll;
    private readonly int _wake;
    private readonly byte* _events;

    public EpollPoller()
    {
        _epoll = Check(Libc.EpollCreate(EpollCloseOnExec));
        _wake = Libc.EventDescriptor(0, EventNonBlocking | EventCloseOnExec);
        if (_wake < 0)
        {
            int error = Marshal.GetLastPInvokeError();
            _ = Libc.Close(_epoll);
            throw new Win32Exception(error, "An event loop cannot be created");
        }

        _events = (byte*)NativeMemory.AllocZeroed(EventsAWait, (nuint)EventSize);

        // Edge-triggered and never read: one wake-up a write, and no system call to reset it.
        Control(ControlAdd, _wake, EpollIn | EpollEdgeTriggered, WakeKey);
    }

    /// <summary><c>struct epoll_event</c> is packed on x86-64 only.</summary>
    private static int EventSize => RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;

    private static int KeyOffset => EventSize - sizeof(ulong);

    public static nint Listen(Socket socket) => socket.Handle;

    public static nint Connect(Socket socket, EndPoint endpoint) => SocketHandle.Connect(socket, endpoint);

    public int Wait(int timeoutMilliseconds)
    {
        int count = Libc.EpollWait(_epoll, _events, EventsAWait, timeoutMilliseconds);
        return count >= 0 ? count : Failed(Marshal.GetLastSystemError());
    }

    private static int Failed(int error) => error == Interrupted ? 0 : throw new Win32Exception(error, "epoll_wait failed");

    public Readiness Event(int index, out ulong key)
    {
        Debug.Assert((uint)index < EventsAWait, "an event of the last wait");
        byte* entry = _events + (index * EventSize);
        uint events = Unsafe.ReadUnaligned<uint>(entry);
        key = Unsafe.ReadUnaligned<ulong>(entry + KeyOffset);
        Readiness readiness = (events & EpollIn) != 0 ? Readiness.Readable : Readiness.None;
        if ((events & EpollOut) != 0)
        {
            readiness |= Readiness.Writable;
        }

        if ((events & EpollError) != 0)
        {
            readiness |= Readiness.Failed;
        }

        return (events & EpollHangup) != 0 ? readiness | Readiness.HungUp : readiness;
    }

    public void Wake()
    {
        ulong one = 1;
        _ = Libc.Write(_wake, (byte*)&one, sizeof(ulong));
    }

    public void Add(nint handle, ulong key, Readiness interest) => Control(ControlAdd, (int)handle, Events(interest), key);

    public void Modify(nint handle, ulong key, Readiness interest) => Control(ControlModify, (int)handle, Events(interest), key);

    public void Remove(nint handle)
    {
        // Explicitly, since closing alone does not deregister a description that was duplicated.
        byte unused = 0;
        _ = Libc.EpollControl(_epoll, ControlDelete, (int)handle, &unused);
    }

    public nint Accept(nint listener, out SocketPeerAddress address) => NativeSocket.Accept(listener, out address);

    public int Receive(nint handle, byte* destination, int length) => NativeSocket.Receive(handle, destination, length);

    public int Send(nint handle, Block chain) => NativeSocket.Send(handle, chain);

    public bool WasReset(nint handle) => NativeSocket.WasReset(handle);

    public int Unconfirmed(nint handle) => NativeSocket.Unconfirmed(handle);

    public SocketError FinishConnect(nint handle) => NativeSocket.FinishConnect(handle);

    public void ShutdownWrite(nint handle) => NativeSocket.ShutdownWrite(handle);

    public void Close(nint handle, bool reset)
    {
        Remove(handle);
        Discard(handle, reset);
    }

    public void Discard(nint handle, bool reset) => NativeSocket.Close(handle, reset);

    public void Dispose()
    {
        _ = Libc.Close(_wake);
        _ = Libc.Close(_epoll);
        NativeMemory.Free(_events);
    }

    private static uint Events(Readiness interest)
        => ((interest & Readiness.Readable) != 0 ? EpollIn : 0) | ((interest & Readiness.Writable) != 0 ? EpollOut : 0);

    private static int Check(int result)
        => result >= 0 ? result : throw new Win32Exception(Marshal.GetLastPInvokeError(), "An event loop cannot be created");

    private void Control(int operation, int descriptor, uint events, ulong key)
    {
        byte* entry = stackalloc byte[EventSize];
        Unsafe.WriteUnaligned(entry, events);
        Unsafe.WriteUnaligned(entry + KeyOffset, key);
        if (Libc.EpollControl(_epoll, operation, descriptor, entry) < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "epoll_ctl failed");
        }
    }
}
