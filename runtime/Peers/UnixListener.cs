using System.Net.Sockets;
using QContinuum.Loops;
using QContinuum.Transports;
using QContinuum.Transports.Sockets;

namespace QContinuum;

/// <summary>
/// A unix domain socket where a server accepts peers. It is bound from the beginning, and accepts while the server runs; its file goes with it. Who may connect
/// is who may write to the file: put it into a directory of the right people.
/// </summary>
public sealed class UnixListener : IListener
{
    private readonly SocketListener _sockets;

    internal UnixListener(string path)
    {
        Path = path;
        _sockets = new SocketListener(Bind(path));
    }

    /// <summary>The path of the socket.</summary>
    public string Path { get; }

    void IListener.Start(LoopGroup loops, IAcceptedHandler accepted) => _sockets.Start(loops, accepted);

    Task IListener.StopAsync() => _sockets.StopAsync();

    private static Socket Bind(string path)
    {
        UnixDomainSocketEndPoint endpoint = new(path);
        try
        {
            return SocketTransport.Listen(endpoint);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse && IsLeftOver(path, endpoint))
        {
            // A server that was killed could not take its file away.
            File.Delete(path);
            return SocketTransport.Listen(endpoint);
        }
    }

    /// <summary>Whether the file is a socket, which cannot be opened as a file, and nobody listens there any more.</summary>
    private static bool IsLeftOver(string path, UnixDomainSocketEndPoint endpoint)
    {
        try
        {
            // For both directions: a pipe that waits for its other end would be waited for.
            File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite).Dispose();
            return false;
        }
        catch (IOException)
        {
            // Without waiting: somebody whose queue is full is there as well.
            using Socket probe = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
            try
            {
                probe.Connect(endpoint);
                return false;
            }
            catch (SocketException exception)
            {
                return exception.SocketErrorCode == SocketError.ConnectionRefused;
            }
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
