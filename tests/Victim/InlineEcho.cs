using QContinuum;

namespace Victim;

/// <summary>Answers every message on the loop of its peer.</summary>
[Processor(Threading.Inline)]
public sealed partial class InlineEcho
{
    [Handles]
    private static void On(Peer peer, Bytes bytes) => peer.Send(bytes);

    [Unhandled]
    private static void Other(Peer peer, in MessageHeader header, ReadOnlySpan<byte> body) => peer.Forward(in header, body);
}
