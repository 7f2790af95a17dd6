namespace QContinuum.Runtime.Tests.Support.Transports;

internal sealed class MemoryLine(MemoryListener listener) : Line
{
    public override Task<RawClient> ConnectAsync(int receiveBuffer) => Task.FromResult(new RawClient(new MemoryWire(listener.OpenStream())));

    public override Task<Peer> ConnectPeerAsync(Processor processor, PeerOptions? options, CancellationToken cancellationToken)
        => listener.ConnectAsync(processor, options, cancellationToken);
}
