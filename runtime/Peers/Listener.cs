using System.Net;
using System.Net.Sockets;
using QContinuum.Transports.Tcp;

namespace QContinuum;

/// <summary>A place where a server accepts peers. It is bound from the beginning, and accepts while the server runs.</summary>
public sealed class Listener
{
    private readonly Socket _socket;
    private IAcceptor? _acceptor;

    internal Listener(Socket socket)
    {
        _socket = socket;
        EndPoint = (IPEndPoint)socket.LocalEndPoint!;
    }

    /// <summary>The address, with the port that was taken where 0 was asked for.</summary>
    public IPEndPoint EndPoint { get; }

    internal Socket Socket => _socket;

    internal void Start(IAcceptor acceptor)
    {
        _acceptor = acceptor;
        acceptor.Start();
    }

    internal Task StopAsync()
    {
        if (_acceptor is not null)
        {
            return _acceptor.StopAsync();
        }

        _socket.Dispose();
        return Task.CompletedTask;
    }
}
