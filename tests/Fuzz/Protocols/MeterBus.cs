namespace QContinuum.Fuzz.Tests.Protocols;

/// <summary>A repeated length, an id in the body, a trailer of a checksum and a constant.</summary>
internal static class MeterBus
{
    public static Target Target()
        => new Target<MeterBusHeader>("M-Bus")
            .With(new MeterCommand(3, 0x51))
            .With(new MeterData(3, [1, 2, 3]));
}

[Header(ByteOrder.LittleEndian)]
internal readonly partial record struct MeterBusHeader(
    [Constant(0x68)] byte Start,
    [Length] byte Length,
    [Repeats(nameof(MeterBusHeader.Length))] byte LengthAgain,
    [Constant(0x68)] byte StartAgain,
    [MessageId(InBody = true)] byte Control,
    [Trailer, Checksum(ChecksumAlgorithm.Sum, From = 4)] byte Sum,
    [Trailer, Constant(0x16)] byte Stop);

[Message<MeterBusHeader>(0x53)]
internal readonly partial record struct MeterCommand(byte Address, byte Information);

[Message<MeterBusHeader>(0x08)]
internal readonly ref partial struct MeterData
{
    public readonly byte Address;

    [Tail]
    public readonly WireSpan<byte> Records;
}
