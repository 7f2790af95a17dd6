namespace QContinuum;

/// <summary>The bounds of one peer.</summary>
public sealed record PeerOptions
{
    /// <summary>The longest body accepted, in bytes.</summary>
    public int MaxMessageSize { get; init; } = 1024 * 1024;

    /// <summary>Above it a peer is no longer read.</summary>
    public int HighWatermark { get; init; } = 256 * 1024;

    /// <summary>Below it a peer is read again.</summary>
    public int LowWatermark { get; init; } = 64 * 1024;

    /// <summary>The most that may wait to be sent.</summary>
    public int SendLimit { get; init; } = 4 * 1024 * 1024;
}
