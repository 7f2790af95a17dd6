using Echo.Messages;
using QContinuum;

namespace Echo;

/// <summary>Answers every message with the same id and body, on the loop that received it.</summary>
[Processor(Threading.Inline)]
public sealed partial class EchoProcessor
{
    [Handles]
    private void On(Peer peer, Bytes bytes) => peer.Send(bytes);

    [Handles]
    private void On(Peer peer, in Quad quad) => peer.Send(quad);

    [Unhandled]
    private void Other(Peer peer, in MessageHeader header, ReadOnlySpan<byte> body) => peer.Forward(in header, body);
}
