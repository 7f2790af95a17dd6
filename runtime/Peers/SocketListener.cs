using System.Net.Sockets;
using QContinuum.Loops;
using QContinuum.Transports;
using QContinuum.Transports.Sockets;

namespace QContinuum;

/// <summary>What listeners on sockets share: bound from the beginning, and watched while the server runs.</summary>
internal sealed class SocketListener(Socket socket) : IListener
{
    private IAcceptor? _acceptor;

    public void Start(LoopGroup loops, IAcceptedHandler accepted)
    {
        _acceptor = loops.Loops[0].CreateAcceptor(socket, accepted);
        _acceptor.Start();
    }

    public Task StopAsync()
    {
        if (_acceptor is not null)
        {
            return _acceptor.StopAsync();
        }

        SocketTransport.CloseListening(socket);
        return Task.CompletedTask;
    }
}
