using System.Net;
using System.Net.Sockets;
using QContinuum.Loops;
using QContinuum.Transports;
using QContinuum.Transports.Sockets;

namespace QContinuum;

/// <summary>
/// A unix domain socket where a server accepts peers. It is bound from the beginning, and accepts while the server runs; its file goes with it, unless it
/// is another's by then, or cannot be looked at. Who may connect is who may write to the file: put it into a directory of the right people.
/// </summary>
public sealed class UnixListener : IListener
{
    private readonly SocketListener _sockets;
    private readonly SocketFile _file;

    internal UnixListener(string path)
    {
        Path = path;
        _file = new SocketFile(path);
        _sockets = new SocketListener(Bind(new UnixDomainSocketEndPoint(path)));
        _file.Remember();
    }

    /// <summary>The path of the socket.</summary>
    public string Path { get; }

    void IListener.Start(LoopGroup loops, IAcceptedHandler accepted) => _sockets.Start(loops, accepted);

    async Task IListener.StopAsync()
    {
        await _sockets.StopAsync().ConfigureAwait(false);
        using (_file.Lock())
        {
            _file.Delete();
        }
    }

    private Socket Bind(UnixDomainSocketEndPoint endpoint)
    {
        UntrackedEndPoint untracked = new(endpoint);
        using FolderLock alone = _file.Lock();
        try
        {
            try
            {
                return SocketTransport.Listen(untracked);
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse && _file.IsLeftOver())
            {
                // A server that was killed could not take its file away.
                _file.Delete();
                return SocketTransport.Listen(untracked);
            }
        }
        catch (SocketException exception)
        {
            throw new SocketException((int)exception.SocketErrorCode, $"Cannot listen on '{Path.Replace('\0', '@')}': {_file.Explain(exception)}");
        }
    }

    /// <summary>
    /// An endpoint that <see cref="Socket"/> does not know for a path: of one that it knows, it deletes whatever has that name when it is disposed of, be it another
    /// server's.
    /// </summary>
    private sealed class UntrackedEndPoint(UnixDomainSocketEndPoint endpoint) : EndPoint
    {
        public override AddressFamily AddressFamily => endpoint.AddressFamily;

        public override SocketAddress Serialize() => endpoint.Serialize();

        public override EndPoint Create(SocketAddress socketAddress) => endpoint.Create(socketAddress);

        public override string ToString() => endpoint.ToString();
    }
}
