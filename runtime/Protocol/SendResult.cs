namespace QContinuum;

/// <summary>What became of a message that was sent. Only <see cref="Sent"/> and <see cref="Congested"/> mean that it was queued.</summary>
public enum SendResult
{
    /// <summary>The message is queued, and will be written in order.</summary>
    Sent,

    /// <summary>
    /// The message is queued, but more than <see cref="PeerOptions.HighWatermark"/> bytes wait: a sender that can wait should, with
    /// <see cref="Peer.SendAsync{T}"/> or <see cref="Peer.WaitForRoomAsync"/>.
    /// </summary>
    Congested,

    /// <summary>Nothing was queued: <see cref="PeerOptions.SendLimit"/> was reached, and the peer is being closed, unless <see cref="PeerOptions.WhenFull"/> says otherwise.</summary>
    Overflow,

    /// <summary>
    /// Nothing was queued: the peer is closing or closed, or takes nothing any more. Of <see cref="Peer.SendAsync{T}"/> also that this became so while what was queued still waited:
    /// nobody knows then whether it has arrived.
    /// </summary>
    Closed,

    /// <summary>Nothing was queued: the message is bound to another header than the one that the peer speaks.</summary>
    WrongHeader,
}
