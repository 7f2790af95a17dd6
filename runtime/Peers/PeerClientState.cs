namespace QContinuum;

/// <summary>What a <see cref="PeerClient"/> is doing.</summary>
/// <remarks>
/// <code>
///                             ┌───────────failed────────────┐
///                             │                             ▼
///   Idle ──StartAsync──► Connecting ──made──► Connected ──lost──► Waiting          any ──► Stopped
///                             ▲                                      │
///                             └───────────the delay is over──────────┘
/// </code>
/// </remarks>
public enum PeerClientState
{
    /// <summary>It was not started.</summary>
    Idle,

    /// <summary>An attempt is under way.</summary>
    Connecting,

    /// <summary>There is a connection: its Opened handler has run, and its Closed handler has not.</summary>
    Connected,

    /// <summary>The last attempt failed, or the connection was lost; the next attempt comes after a delay.</summary>
    Waiting,

    /// <summary>It was stopped, or has given up; it does not start again.</summary>
    Stopped,
}
