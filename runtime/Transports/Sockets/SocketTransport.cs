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
            return loop.BeginConnect(socket, endpoint, owner, options);
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
}
