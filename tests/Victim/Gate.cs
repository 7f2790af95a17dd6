using QContinuum;

namespace Victim;

/// <summary>Answers the first message of a peer, which must come soon, and leaves the others to who is behind it.</summary>
[Processor]
public sealed partial class Gate
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public required Processor Behind { get; init; }

    [Opened]
    private static void OnOpened(Peer peer) => peer.RequireUserWithin(Patience);

    [Handles]
    private void On(Peer peer, Bytes bytes)
    {
        peer.Send(bytes);
        LetIn(peer);
    }

    [Unhandled]
    private void Other(Peer peer, in MessageHeader header, ReadOnlySpan<byte> body)
    {
        peer.Forward(in header, body);
        LetIn(peer);
    }

    private void LetIn(Peer peer)
    {
        peer.UserId = peer.Id;
        peer.Redirect(Behind);
    }
}
