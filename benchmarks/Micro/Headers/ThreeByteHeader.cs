namespace QContinuum.Benchmarks.Micro.Headers;

/// <summary>A length of 24 bits, a number and an id.</summary>
[Header(ByteOrder.LittleEndian)]
public readonly partial record struct ThreeByteHeader([Length] UInt24 Length, byte Sequence, [MessageId] byte Id);
