using Echo.Messages;

namespace QContinuum.Benchmarks.Processors;

/// <summary>The same echo behind a queue: from the loop to the pump of the processor, and back.</summary>
[Processor]
public sealed partial class QueuedEcho
{
    [Handles]
    private void On(Peer peer, Bytes bytes) => peer.Send(bytes);

    [Handles]
    private void On(Peer peer, in Quad quad) => peer.Send(quad);
}
