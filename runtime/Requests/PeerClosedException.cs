namespace QContinuum;

/// <summary>What was awaited of a peer cannot come any more, a reply for instance: it closes or is closed.</summary>
public sealed class PeerClosedException : Exception
{
    internal PeerClosedException(CloseReason reason)
        : base($"The peer closed: {reason}.")
        => Reason = reason;

    /// <summary>Why the peer closed.</summary>
    public CloseReason Reason { get; }
}
