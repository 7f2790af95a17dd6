using System.Net;
using System.Net.Sockets;
using QContinuum.Loops;

namespace QContinuum.Transports.Sockets;

/// <summary>
/// The control plane of sockets, TCP and unix: they are created, bound and connected through <see cref="Socket"/>, which knows every platform; the bytes
/// then go through the loop's own calls on the handle.
/// </summary>
internal static class SocketTransport
{
    /// <summary>Connections that the kernel completes while the loop is busy; it cuts the number to its own maximum.</summary>
    private const int Backlog = 4096;

    /// <summary>A socket that listens on <paramref name="endpoint"/>; whoever asked owns it.</summary>
    internal static Socket Listen(EndPoint endpoint)
    {
        Socket socket = Create(endpoint);
        try
        {
            // Socket's own default lets a restarted server take an address whose old connections are still fading. Its ReuseAddress would set
            // SO_REUSEPORT as well, and two servers would share a port unawares.
            socket.Bind(endpoint);
            socket.Listen(Backlog);
            socket.Blocking = false;
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Closes a listening socket. From then on nobody is answered there, even where a process that is just being started has inherited the descriptor for a moment.</summary>
    internal static void CloseListening(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Systems differ in whether what is not connected can be shut down; and closing twice is closing once.
        }

        socket.Dispose();
    }

    /// <summary>The acceptor of a listening socket on <paramref name="loop"/>.</summary>
    internal static IAcceptor CreateAcceptor(EventLoop loop, Socket socket, IAcceptedHandler accepted)
        => loop.Make<AcceptorPart, IAcceptor>(new AcceptorPart(socket, accepted));

    /// <summary>The connection of an accepted handle, which it owns from here on; <see cref="Pollable.Schedule"/> starts it.</summary>
    internal static Connection CreateAccepted(EventLoop loop, nint handle, IConnectionOwner owner, PeerOptions options)
        => loop.Make<ConnectionPart, Connection>(new ConnectionPart(handle, owner, options));

    /// <summary>Begins to connect; <see cref="Pollable.Schedule"/> lets the loop wait for the outcome.</summary>
    /// <exception cref="SocketException">The attempt failed at once.</exception>
    internal static Connection BeginConnect(EventLoop loop, EndPoint endpoint, IConnectionOwner owner, PeerOptions options)
    {
        Socket socket = Create(endpoint);
        try
        {
            if (endpoint is IPEndPoint)
            {
                socket.NoDelay = true;
            }

            socket.Blocking = false;
            return loop.Make<AttemptPart, Connection>(new AttemptPart(socket, endpoint, owner, options));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static Socket Create(EndPoint endpoint)
    {
        Socket socket = new(endpoint.AddressFamily, SocketType.Stream, endpoint is IPEndPoint ? ProtocolType.Tcp : ProtocolType.Unspecified);
        if (endpoint.AddressFamily == AddressFamily.InterNetworkV6)
        {
            // Version 4 as well: whoever listens hears both, and ::ffff:192.0.2.1 is an address that can be reached.
            socket.DualMode = true;
        }

        return socket;
    }

    private readonly struct ConnectionPart(nint handle, IConnectionOwner owner, PeerOptions options) : ILoopPart<Connection>
    {
        public Connection MakeFor<TPoller>(EventLoop<TPoller> loop)
            where TPoller : struct, IPoller
            => new SocketConnection<TPoller>(loop, handle, false, owner, options);
    }

    private readonly struct AttemptPart(Socket socket, EndPoint endpoint, IConnectionOwner owner, PeerOptions options) : ILoopPart<Connection>
    {
        public Connection MakeFor<TPoller>(EventLoop<TPoller> loop)
            where TPoller : struct, IPoller
            => new SocketConnection<TPoller>(loop, TPoller.Connect(socket, endpoint), true, owner, options);
    }

    private readonly struct AcceptorPart(Socket socket, IAcceptedHandler accepted) : ILoopPart<IAcceptor>
    {
        public IAcceptor MakeFor<TPoller>(EventLoop<TPoller> loop)
            where TPoller : struct, IPoller
            => new SocketAcceptor<TPoller>(loop, socket, accepted);
    }
}
