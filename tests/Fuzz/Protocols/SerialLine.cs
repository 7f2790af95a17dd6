namespace QContinuum.Fuzz.Tests.Protocols;

/// <summary>A trailer that the length counts, of a little-endian checksum in a big-endian header.</summary>
internal static class SerialLine
{
    public static Target Target() => new Target<SerialHeader>("Serial line").With(new Measured(1, -2)).With(new Named("a"u8));
}

[Header(ByteOrder.BigEndian)]
internal readonly partial record struct SerialHeader(
    byte Address,
    [MessageId(Mask = 0x7F), Fault(Mask = 0x80)] byte Function,
    [Length(CountsFrom = 0, CountsTrailer = true)] ulong Length,
    [Trailer, Checksum(ChecksumAlgorithm.Crc16Modbus), LittleEndian] ushort Crc);

[Message<SerialHeader>(4)]
internal readonly partial record struct Measured(ushort Channel, int Value);

[Message<SerialHeader>(5)]
internal readonly ref partial struct Named
{
    [LengthPrefix(4), Utf8]
    public readonly ReadOnlySpan<byte> Name;
}
