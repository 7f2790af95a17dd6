namespace QContinuum;

/// <summary>A change that a <see cref="PeerClient"/> tells of.</summary>
/// <param name="State">What it does from now on.</param>
/// <param name="Reason">
/// For a connection that was lost, or that its Opened handler did not let be made, why; else <see cref="CloseReason.None"/>.
/// </param>
/// <param name="Error">For an attempt that failed, what it failed with; else null.</param>
/// <param name="Delay">For <see cref="PeerClientState.Waiting"/>, how long until the next attempt; else zero.</param>
public readonly record struct PeerClientChange(
    PeerClientState State,
    CloseReason Reason = CloseReason.None,
    Exception? Error = null,
    TimeSpan Delay = default);
