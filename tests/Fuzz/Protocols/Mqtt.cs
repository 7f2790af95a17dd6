namespace QContinuum.Fuzz.Tests.Protocols;

/// <summary>Bit fields of both orders around a length of one byte.</summary>
internal static class Mqtt
{
    public static Target Target() => new Target<BitHeader>("Bits").With(new Publish("topic"u8, 1, "payload"u8));
}

[Header(ByteOrder.BigEndian)]
internal readonly partial record struct BitHeader(
    [Bits(4), MessageId] byte Type,
    [Bits(1)] bool IsDuplicate,
    [Bits(2)] byte Quality,
    [Bits(1)] bool IsRetained,
    [Bits(12), Length] ushort Length,
    [Bits(4), Reserved] byte Rest);

[Message<BitHeader>(3)]
internal readonly ref partial struct Publish
{
    [LengthPrefix(2), Utf8]
    public readonly ReadOnlySpan<byte> Topic;

    public readonly ushort Packet;

    [Tail]
    public readonly ReadOnlySpan<byte> Payload;
}
