namespace QContinuum.Transports;

/// <summary>Where a connection stands. Only its loop changes it.</summary>
/// <remarks>
/// <code>
///   New ──► Connecting ──► Open ──► Ending ──► Draining ──► Lingering ──► Closed
///    │                      ▲ │        │           │                        ▲
///    └──────────────────────┘ └────────┴───────────┴── reset, abort ────────┤
///                                                  └── nothing to linger for┘
/// </code>
/// Ending: nothing more is received; the lane finishes what it has. Draining: nothing more will be sent; what waits is written. Lingering:
/// the outgoing direction is shut down, and what the other side still sends is read and dropped, since closing with unread bytes would
/// reset the connection and destroy what it has not read yet.
/// </remarks>
internal enum ConnectionState : byte
{
    New,
    Connecting,
    Open,
    Ending,
    Draining,
    Lingering,
    Closed,
}
