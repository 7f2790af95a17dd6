namespace QContinuum;

/// <summary>What a server has seen so far.</summary>
/// <param name="Accepted">Peers accepted since it started.</param>
/// <param name="Refused">Connections refused because their address had as many as it may (<see cref="PeerServerOptions.MaxPeersPerAddress"/>), or because no descriptor was free.</param>
/// <param name="AcceptPauses">How often accepting paused: no descriptor was free, memory was short, or <see cref="PeerServerOptions.MaxPeers"/> were there.</param>
/// <param name="Peers">Peers accepted whose Closed handler has not run.</param>
public readonly record struct PeerServerStatistics(long Accepted, long Refused, long AcceptPauses, int Peers);
