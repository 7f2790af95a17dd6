using System.ComponentModel;
using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using QContinuum.Buffers;

namespace QContinuum.Loops;

/// <summary>epoll(7), level-triggered, woken through an eventfd(2).</summary>
internal readonly unsafe struct EpollPoller : IPoller
{
    private const int EventsAWait = 256;

    /// <summary>Most vectors in one sendmsg: 64 standard blocks are 1 MiB, more than any socket buffer takes at once.</summary>
    private const int VectorsASend = 64;

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

    // <sys/eventfd.h>, <sys/socket.h>, <netinet/tcp.h>
    private const int EventNonBlocking = 0x800;
    private const int EventCloseOnExec = 0x80000;
    private const int SocketNonBlocking = 0x800;
    private const int SocketCloseOnExec = 0x80000;
    private const int NoSignal = 0x4000;
    private const int LevelSocket = 1;
    private const int OptionError = 4;
    private const int OptionLinger = 13;
    private const int LevelTcp = 6;
    private const int OptionNoDelay = 1;
    private const int ShutdownSend = 1;
    private const int AddressFamily4 = 2;
    private const int AddressFamily6 = 10;
    private const int AddressBytes = 28;

    // <linux/sockios.h>
    private const nuint RequestOutgoingQueue = 0x5411;

    // <errno.h>
    private const int Interrupted = 4;
    private const int NoMemory = 12;
    private const int TableFull = 23;
    private const int TooManyOpen = 24;
    private const int Again = 11;
    private const int NoBuffers = 105;
    private const int NotPermitted = 1;
    private const int AccessDenied = 13;
    private const int AddressNotAvailable = 99;
    private const int NetworkUnreachable = 101;
    private const int ConnectionReset = 104;
    private const int TimedOut = 110;
    private const int ConnectionRefused = 111;
    private const int HostUnreachable = 113;

    /// <summary>The key of the eventfd: no handle has it, since generations begin at 1.</summary>
    private const ulong WakeKey = 0;

    private readonly int _epoll;
    private readonly int _wake;
    private readonly byte* _events;

    public EpollPoller()
    {
        _epoll = Check(Libc.EpollCreate(EpollCloseOnExec));
        _wake = Check(Libc.EventDescriptor(0, EventNonBlocking | EventCloseOnExec));
        _events = (byte*)NativeMemory.AllocZeroed(EventsAWait, (nuint)EventSize);

        // Edge-triggered and never read: one wake-up a write, and no system call to reset it.
        Control(ControlAdd, _wake, EpollIn | EpollEdgeTriggered, WakeKey);
    }

    /// <summary><c>struct epoll_event</c> is packed on x86-64 only.</summary>
    private static int EventSize => RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;

    private static int KeyOffset => EventSize - sizeof(ulong);

    public int Wait(int timeoutMilliseconds)
    {
        int count = Libc.EpollWait(_epoll, _events, EventsAWait, timeoutMilliseconds);
        if (count < 0 && Marshal.GetLastPInvokeError() != Interrupted)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "epoll_wait failed");
        }

        return Math.Max(count, 0);
    }

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

    public nint Accept(nint listener, out SocketPeerAddress address)
    {
        byte* raw = stackalloc byte[AddressBytes];
        int length = AddressBytes;
        int descriptor = Libc.Accept((int)listener, raw, &length, SocketNonBlocking | SocketCloseOnExec);
        if (descriptor < 0)
        {
            address = default;
            return Marshal.GetLastPInvokeError() switch
            {
                Again => -(nint)IoError.WouldBlock,
                TooManyOpen or TableFull or NoMemory or NoBuffers => -(nint)IoError.NoDescriptor,
                _ => -(nint)IoError.Aborted,
            };
        }

        int on = 1;
        _ = Libc.SetOption(descriptor, LevelTcp, OptionNoDelay, &on, sizeof(int));
        address = Decode(raw);
        return descriptor;
    }

    public int Receive(nint handle, byte* destination, int length)
    {
        nint received = Libc.Receive((int)handle, destination, length, 0);
        return received >= 0 ? (int)received : Failure();
    }

    public int Send(nint handle, Block chain)
    {
        if (chain.Next is null)
        {
            nint sent = Libc.Send((int)handle, chain.Origin + chain.Start, chain.Length, NoSignal);
            return sent >= 0 ? (int)sent : Failure();
        }

        return SendVectors(handle, chain);
    }

    public SocketError FinishConnect(nint handle)
    {
        int error = 0;
        int length = sizeof(int);
        if (Libc.GetOption((int)handle, LevelSocket, OptionError, &error, &length) < 0)
        {
            return SocketError.SocketError;
        }

        return error switch
        {
            0 => SocketError.Success,
            NotPermitted or AccessDenied => SocketError.AccessDenied,
            AddressNotAvailable => SocketError.AddressNotAvailable,
            NetworkUnreachable => SocketError.NetworkUnreachable,
            ConnectionReset => SocketError.ConnectionReset,
            TimedOut => SocketError.TimedOut,
            ConnectionRefused => SocketError.ConnectionRefused,
            HostUnreachable => SocketError.HostUnreachable,
            _ => SocketError.SocketError,
        };
    }

    public int Unconfirmed(nint handle)
    {
        int count = 0;
        _ = Libc.Control((int)handle, RequestOutgoingQueue, &count);
        return count;
    }

    public void ShutdownWrite(nint handle) => _ = Libc.Shutdown((int)handle, ShutdownSend);

    public void Close(nint handle, bool reset)
    {
        if (reset)
        {
            // struct linger { int l_onoff; int l_linger; }: on, for zero seconds.
            long onForZeroSeconds = 1;
            _ = Libc.SetOption((int)handle, LevelSocket, OptionLinger, &onForZeroSeconds, sizeof(long));
        }

        // Not repeated when interrupted: on Linux the descriptor is gone whatever close returns.
        Remove(handle);
        _ = Libc.Close((int)handle);
    }

    public void Dispose()
    {
        _ = Libc.Close(_wake);
        _ = Libc.Close(_epoll);
        NativeMemory.Free(_events);
    }

    private static int Failure()
        => Marshal.GetLastPInvokeError() is Again or Interrupted or NoBuffers ? -(int)IoError.WouldBlock : -(int)IoError.Reset;

    private static uint Events(Readiness interest)
        => ((interest & Readiness.Readable) != 0 ? EpollIn : 0) | ((interest & Readiness.Writable) != 0 ? EpollOut : 0);

    private static SocketPeerAddress Decode(byte* raw)
    {
        // sockaddr_in: family, port, address. sockaddr_in6: family, port, flow, address, scope. Port and addresses are in network order.
        ushort port = System.Buffers.Binary.BinaryPrimitives.ReadUInt16BigEndian(new ReadOnlySpan<byte>(raw + 2, sizeof(ushort)));
        return Unsafe.ReadUnaligned<ushort>(raw) switch
        {
            AddressFamily4 => new SocketPeerAddress(Unsafe.ReadUnaligned<uint>(raw + 4), port, false, 0),
            AddressFamily6 => new SocketPeerAddress(Unsafe.ReadUnaligned<UInt128>(raw + 8), port, true, Unsafe.ReadUnaligned<uint>(raw + 24)),
            _ => default,
        };
    }

    private static int Check(int result)
        => result >= 0 ? result : throw new Win32Exception(Marshal.GetLastPInvokeError(), "An event loop cannot be created");

    private int SendVectors(nint handle, Block chain)
    {
        Libc.IoVector* vectors = stackalloc Libc.IoVector[VectorsASend];
        int count = 0;
        for (Block? block = chain; block is not null && count < VectorsASend; block = block.Next)
        {
            vectors[count].Base = block.Origin + block.Start;
            vectors[count].Length = block.Length;
            count++;
        }

        Libc.MessageVector message = default;
        message.Vectors = vectors;
        message.VectorCount = count;
        nint sent = Libc.SendMessage((int)handle, &message, NoSignal);
        return sent >= 0 ? (int)sent : Failure();
    }

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
