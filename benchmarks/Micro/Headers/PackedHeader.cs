namespace QContinuum.Benchmarks.Micro.Headers;

/// <summary>Four bytes that four fields share.</summary>
[Header(ByteOrder.BigEndian)]
public readonly partial record struct PackedHeader(
    [Bits(3)] byte Version,
    [Bits(1)] bool IsUrgent,
    [Bits(12), MessageId] ushort Id,
    [Length] ushort Length);
