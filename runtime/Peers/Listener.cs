using System.Net;
using System.Net.Sockets;
using QContinuum.Loops;
using QContinuum.Transports;

namespace QContinuum;

/// <summary>A port where a server accepts peers. It is bound from the beginning, and accepts while the server runs.</summary>
public sealed class Listener : IListener
{
    private readonly SocketListener _sockets;

    internal Listener(Socket socket)
    {
        _sockets = new SocketListener(socket);
        EndPoint = (IPEndPoint)socket.LocalEndPoint!;
    }

    /// <summary>The address, with the port that was taken where 0 was asked for.</summary>
    public IPEndPoint EndPoint { get; }

    void IListener.Start(LoopGroup loops, IAcceptedHandler accepted) => _sockets.Start(loops, accepted);

    Task IListener.StopAsync() => _sockets.StopAsync();
}
