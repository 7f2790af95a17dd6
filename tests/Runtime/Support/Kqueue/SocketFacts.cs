using System.Runtime.InteropServices;
using QContinuum.Loops;

namespace QContinuum.Runtime.Tests.Support.Kqueue;

/// <summary>What a kqueue tells of a stream socket, found out from Linux.</summary>
internal static unsafe class SocketFacts
{
    // <sys/socket.h>, <netinet/tcp.h>, <sys/ioctl.h> of Linux.
    private const int LevelSocket = 1;
    private const int LevelTcp = 6;
    private const int OptionSendBuffer = 7;
    private const int OptionReceiveBuffer = 8;
    private const int OptionIsListening = 30;
    private const int OptionCookie = 57;
    private const int TcpInformation = 11;
    private const nuint Unread = 0x541B;
    private const nuint Unsent = 0x5411;
    private const int SendNothing = 0x4000 | 0x40;
    private const int BrokenPipe = 32;

    // The beginning of struct tcp_info: its state, and what a listener has waiting to be accepted.
    private const int InformationBytes = 28;
    private const int WaitingOffset = 24;
    private const byte StateEstablished = 1;
    private const byte StateConnecting = 2;
    private const byte StateHalfConnected = 3;
    private const byte StateOtherFinished = 8;
    private const byte StateListening = 10;

    /// <summary><c>ECONNRESET</c>. Which error it is the kernel tells once, to whoever receives: it is left there, and this stands for it.</summary>
    private const uint SomeError = 54;

    /// <summary>Who a descriptor is, since its number is given again.</summary>
    /// <returns>0, or an error.</returns>
    public static int Identify(nuint descriptor, out ulong identity)
    {
        ulong cookie = 0;
        int length = sizeof(ulong);
        int result = Libc.GetOption((int)descriptor, LevelSocket, OptionCookie, &cookie, &length);
        identity = cookie;
        return result == 0 ? 0 : Marshal.GetLastPInvokeError() == Kevents.BadDescriptor ? Kevents.BadDescriptor : Kevents.Invalid;
    }

    /// <summary>Whether what a filter waits for is so, and what is told of it.</summary>
    /// <param name="told">Of which socket and filter; gets the rest.</param>
    /// <param name="hasFinished">Of a filter of what is sent: <see cref="HasFinished"/>, before <paramref name="events"/> were asked for.</param>
    /// <param name="events">What epoll says of it.</param>
    /// <param name="mark">Bytes there must be, or room for them.</param>
    /// <param name="cutsMarks">Whether no more is asked for than the buffer holds.</param>
    public static bool Fill(ref KernelEvent told, bool hasFinished, uint events, nint mark, bool cutsMarks)
    {
        int socket = (int)told.Identifier;
        bool isError = (events & EpollSet.Error) != 0;
        bool isRead = told.Filter == Kevents.Read;
        bool isEnd = isError || (events & EpollSet.HangUp) != 0 || (isRead ? (events & EpollSet.ReadHangUp) != 0 : hasFinished);
        if (isEnd)
        {
            told.Flags |= Kevents.End;
            told.FilterFlags = isError ? SomeError : 0;
        }

        if (isRead && Option(socket, OptionIsListening) != 0)
        {
            told.Data = Waiting(socket);
            return (events & EpollSet.In) != 0;
        }

        told.Data = isRead ? Queued(socket, Unread) : Math.Max(Option(socket, OptionSendBuffer) - Queued(socket, Unsent), 0);
        if (cutsMarks)
        {
            mark = Math.Min(mark, Option(socket, isRead ? OptionReceiveBuffer : OptionSendBuffer));
        }

        return isEnd || (told.Data >= mark && (isRead || (events & EpollSet.Out) != 0));
    }

    /// <summary>
    /// Whether this side has shut down its outgoing direction, after which Linux goes on calling it writable; or it was reset, which is an end with an error: asked for
    /// before the error is, so that it is not an end without one.
    /// </summary>
    public static bool HasFinished(int socket)
    {
        Span<byte> information = stackalloc byte[InformationBytes];
        if (Inform(socket, information))
        {
            return information[0] is not (StateEstablished or StateConnecting or StateHalfConnected or StateOtherFinished or StateListening);
        }

        // A unix domain socket, which says so even to who sends nothing.
        byte nothing = 0;
        return Libc.Send(socket, &nothing, 0, SendNothing) < 0 && Marshal.GetLastSystemError() == BrokenPipe;
    }

    /// <summary>Connections that nobody has accepted; of unix domain sockets Linux tells only that there are any.</summary>
    private static int Waiting(int listener)
    {
        Span<byte> information = stackalloc byte[InformationBytes];
        return Inform(listener, information) ? MemoryMarshal.Read<int>(information[WaitingOffset..]) : 1;
    }

    private static bool Inform(int socket, Span<byte> information)
    {
        int length = information.Length;
        fixed (byte* start = information)
        {
            return Libc.GetOption(socket, LevelTcp, TcpInformation, start, &length) == 0;
        }
    }

    private static int Option(int socket, int name)
    {
        int value = 0;
        int length = sizeof(int);
        _ = Libc.GetOption(socket, LevelSocket, name, &value, &length);
        return value;
    }

    private static int Queued(int socket, nuint request)
    {
        int count = 0;
        _ = Libc.Control(socket, request, &count);
        return count;
    }
}
