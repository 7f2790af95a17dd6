using System.Net;
using QContinuum.Loops;

namespace QContinuum.Runtime.Tests.Support.Transports;

internal sealed class TcpLine(IPEndPoint endpoint, Pollers? pollers) : Line
{
    public IPEndPoint EndPoint => endpoint;

    public override Task<RawClient> ConnectAsync(int receiveBuffer) => RawClient.ConnectAsync(endpoint, receiveBuffer);

    public override Task<Peer> ConnectPeerAsync(Processor processor, PeerOptions? options, CancellationToken cancellationToken)
        => Peer.ConnectTcpAsync(endpoint, processor, (options ?? new PeerOptions()) with { Pollers = pollers }, cancellationToken);
}
