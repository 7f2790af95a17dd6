namespace QContinuum;

/// <summary>What has gone through the connection of a peer: the same on every transport, and kept after its end.</summary>
/// <param name="BytesReceived">Bytes read from the connection.</param>
/// <param name="BytesSent">Bytes that the connection took: of TCP the kernel, not yet the other side.</param>
/// <param name="SinceLastByte">How long ago the last byte went in either direction; from the opening on, while there was none.</param>
/// <param name="Refused">Messages that were not queued for want of room (<see cref="OverflowPolicy.Refuse"/>).</param>
public readonly record struct PeerStatistics(long BytesReceived, long BytesSent, TimeSpan SinceLastByte, long Refused);
