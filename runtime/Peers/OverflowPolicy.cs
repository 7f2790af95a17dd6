namespace QContinuum;

/// <summary>What becomes of a peer that takes what it is sent more slowly than it is sent: see <see cref="PeerOptions.WhenFull"/>.</summary>
public enum OverflowPolicy
{
    /// <summary>The peer is closed (<see cref="CloseReason.Overflow"/>): what waited is lost with it, and it may come again and begin anew.</summary>
    Close,

    /// <summary>
    /// The message is refused: <see cref="Peer.Send{T}(in T)"/> says <see cref="SendResult.Overflow"/>, the peer stays, and what waits reaches it. For what is outdated by the next of
    /// its kind. Not for answers, which somebody waits for: one that finds no room closes the peer all the same.
    /// </summary>
    Refuse,
}
