using QContinuum.Processors;

namespace QContinuum.Interleavings.Tests.Support;

/// <summary>A processor that does nothing with messages.</summary>
internal sealed class IdleProcessor(Threading threading) : Processor
{
    protected override Threading DispatchThreading => threading;

    protected override HeaderCodec DispatchHeader => null!;

    protected override void DispatchOpened(Peer peer)
    {
    }

    protected override int DispatchReceived(Peer peer, ReadOnlyMemory<byte> received) => received.Length;

    protected override void DispatchClosed(Peer peer, CloseReason reason)
    {
    }
}
