namespace QContinuum;

/// <summary>A request cannot be answered any more: its peer closes or is closed.</summary>
public sealed class PeerClosedException : Exception
{
    internal PeerClosedException(CloseReason reason)
        : base($"The peer closed before the request was answered: {reason}.")
        => Reason = reason;

    /// <summary>Why the peer closed.</summary>
    public CloseReason Reason { get; }
}
