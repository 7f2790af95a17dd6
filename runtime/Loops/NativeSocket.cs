using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using QContinuum.Buffers;

namespace QContinuum.Loops;

/// <summary>What unix has in common: the system calls on a socket's descriptor, whatever the loop waits with.</summary>
internal static unsafe class NativeSocket
{
    /// <summary>Most vectors in one sendmsg: 64 standard blocks are 1 MiB, more than any socket buffer takes at once.</summary>
    private const int VectorsASend = 64;

    // The same on every unix that .NET runs on: <errno.h>, <sys/socket.h>, <netinet/tcp.h>.
    private const int NotPermitted = 1;
    private const int Interrupted = 4;
    private const int NoMemory = 12;
    private const int AccessDenied = 13;
    private const int TableFull = 23;
    private const int TooManyOpen = 24;
    private const int BrokenPipe = 32;
    private const int AddressFamily4 = 2;
    private const int LevelTcp = 6;
    private const int OptionNoDelay = 1;
    private const int ShutdownSend = 1;

    /// <summary><c>sizeof(struct sockaddr_in6)</c>, which is more than that of <c>sockaddr_in</c>.</summary>
    private const int AddressBytes = 28;

    private static Platform Platform => Platform.Current;

    /// <summary>See <see cref="IPoller.Accept"/>.</summary>
    internal static nint Accept(nint listener, out SocketPeerAddress address)
    {
        byte* raw = stackalloc byte[AddressBytes];
        int length = AddressBytes;
        int descriptor = Platform.AcceptFlags != 0
            ? Libc.Accept((int)listener, raw, &length, Platform.AcceptFlags)
            : Libc.Accept((int)listener, raw, &length);
        if (descriptor < 0)
        {
            address = default;
            int error = Marshal.GetLastPInvokeError();
            return error == Platform.WouldBlock ? -(nint)IoError.WouldBlock
                : error is TooManyOpen or TableFull or NoMemory || error == Platform.NoBuffers ? -(nint)IoError.NoDescriptor
                : -(nint)IoError.Aborted;
        }

        int on = 1;
        _ = Libc.SetOption(descriptor, LevelTcp, OptionNoDelay, &on, sizeof(int));
        if (Platform.OptionNoSignal != 0)
        {
            _ = Libc.SetOption(descriptor, Platform.LevelSocket, Platform.OptionNoSignal, &on, sizeof(int));
        }

        if (Platform.CloseOnExecRequest != 0)
        {
            _ = Libc.Control(descriptor, Platform.CloseOnExecRequest, null);
        }

        address = Decode(raw, Platform);
        return descriptor;
    }

    /// <summary>See <see cref="IPoller.Receive"/>.</summary>
    internal static int Receive(nint handle, byte* destination, int length)
    {
        nint received = DirectCalls.Receive != 0
            ? Libc.SystemCall(DirectCalls.Receive, handle, destination, length, 0, null, 0)
            : Libc.Receive((int)handle, destination, length, 0);
        return received >= 0 ? (int)received : Failure();
    }

    /// <summary>See <see cref="IPoller.Send"/>.</summary>
    internal static int Send(nint handle, Block chain)
    {
        if (chain.Next is null)
        {
            byte* first = chain.Origin + chain.Start;
            nint sent = DirectCalls.Send != 0
                ? Libc.SystemCall(DirectCalls.Send, handle, first, chain.Length, Platform.SendNoSignal, null, 0)
                : Libc.Send((int)handle, first, chain.Length, Platform.SendNoSignal);
            return sent >= 0 ? (int)sent : Failure();
        }

        return SendVectors(handle, chain);
    }

    /// <summary>See <see cref="IPoller.WasReset"/>.</summary>
    internal static bool WasReset(nint handle) => TakeError(handle) is not (0 or BrokenPipe);

    /// <summary>See <see cref="IPoller.FinishConnect"/>.</summary>
    internal static SocketError FinishConnect(nint handle)
    {
        int error = TakeError(handle);
        return error == 0 ? SocketError.Success
            : error is NotPermitted or AccessDenied ? SocketError.AccessDenied
            : error == Platform.AddressNotAvailable ? SocketError.AddressNotAvailable
            : error == Platform.NetworkUnreachable ? SocketError.NetworkUnreachable
            : error == Platform.ConnectionReset ? SocketError.ConnectionReset
            : error == Platform.TimedOut ? SocketError.TimedOut
            : error == Platform.ConnectionRefused ? SocketError.ConnectionRefused
            : error == Platform.HostUnreachable ? SocketError.HostUnreachable
            : SocketError.SocketError;
    }

    /// <summary>See <see cref="IPoller.Unconfirmed"/>.</summary>
    internal static int Unconfirmed(nint handle)
    {
        int count = 0;
        int length = sizeof(int);
        _ = Platform.UnsentRequest != 0
            ? Libc.Control((int)handle, Platform.UnsentRequest, &count)
            : Libc.GetOption((int)handle, Platform.LevelSocket, Platform.OptionUnsent, &count, &length);
        return count;
    }

    /// <summary>See <see cref="IPoller.ShutdownWrite"/>.</summary>
    internal static void ShutdownWrite(nint handle) => _ = Libc.Shutdown((int)handle, ShutdownSend);

    /// <summary>Closes a handle that nobody watches any more.</summary>
    internal static void Close(nint handle, bool reset)
    {
        if (reset)
        {
            // struct linger { int l_onoff; int l_linger; }: on, for zero seconds.
            long onForZeroSeconds = 1;
            _ = Libc.SetOption((int)handle, Platform.LevelSocket, Platform.OptionLinger, &onForZeroSeconds, sizeof(long));
        }

        // Not repeated when interrupted: the descriptor is gone whatever close returns.
        _ = Libc.Close((int)handle);
    }

    /// <summary>
    /// Reads <c>struct sockaddr_in</c> (family, port, address) or <c>sockaddr_in6</c> (family, port, flow, address, scope); port and addresses are in network order.
    /// </summary>
    internal static SocketPeerAddress Decode(byte* raw, Platform platform)
    {
        int family = platform.AddressHasLength ? raw[1] : Unsafe.ReadUnaligned<ushort>(raw);
        ushort port = BinaryPrimitives.ReadUInt16BigEndian(new ReadOnlySpan<byte>(raw + 2, sizeof(ushort)));
        if (family == AddressFamily4)
        {
            return SocketPeerAddress.OfVersion4(Unsafe.ReadUnaligned<uint>(raw + 4), port);
        }

        return family == platform.AddressFamily6
            ? SocketPeerAddress.OfVersion6(new ReadOnlySpan<byte>(raw + 8, 16), port, Unsafe.ReadUnaligned<uint>(raw + 24))
            : default;
    }

    /// <summary>The error that a socket has met, which is told once; -1 where that cannot be had.</summary>
    private static int TakeError(nint handle)
    {
        int error = 0;
        int length = sizeof(int);
        return Libc.GetOption((int)handle, Platform.LevelSocket, Platform.OptionError, &error, &length) < 0 ? -1 : error;
    }

    /// <summary>Why a call failed that moves data: at once after it.</summary>
    private static int Failure()
    {
        int error = Marshal.GetLastSystemError();
        return error == Platform.WouldBlock || error == Interrupted || error == Platform.NoBuffers ? -(int)IoError.WouldBlock
            : error == BrokenPipe ? -(int)IoError.NotTaken
            : -(int)IoError.Reset;
    }

    private static int SendVectors(nint handle, Block chain)
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
        nint sent = Libc.SendMessage((int)handle, &message, Platform.SendNoSignal);
        return sent >= 0 ? (int)sent : Failure();
    }
}
