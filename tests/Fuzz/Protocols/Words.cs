namespace QContinuum.Fuzz.Tests.Protocols;

/// <summary>A signed length that counts words, itself included, and a checksum in the header over header and body.</summary>
internal static class Words
{
    public static Target Target()
        => new Target<WordHeader>("Words")
            .With(new Pair(1, 2))
            .With(new Many([3, 4, 5]));
}

[Header(ByteOrder.LittleEndian)]
internal readonly partial record struct WordHeader(
    [MessageId] ushort Kind,
    [Length(CountsFrom = 2, Scale = 4, Adjust = 2)] short Length,
    [Checksum(ChecksumAlgorithm.Crc32C)] uint Checksum);

[Message<WordHeader>(1)]
internal readonly partial record struct Pair(uint A, uint B);

[Message<WordHeader>(2)]
internal readonly ref partial struct Many
{
    [Tail]
    public readonly WireSpan<uint> Values;
}
