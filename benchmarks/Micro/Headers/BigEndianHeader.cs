namespace QContinuum.Benchmarks.Micro.Headers;

/// <summary>Ten bytes, the most significant first.</summary>
[Header(ByteOrder.BigEndian)]
public readonly partial record struct BigEndianHeader([MessageId] ushort Id, [Correlation] uint Sequence, [Length] uint Length);
