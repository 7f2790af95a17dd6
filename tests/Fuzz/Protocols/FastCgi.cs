namespace QContinuum.Fuzz.Tests.Protocols;

/// <summary>Two lengths that add up, one of them of a part of the body.</summary>
internal static class FastCgi
{
    public static Target Target()
        => new Target<FastCgiHeader>("FastCGI")
            .With(new Begin(1, 1, default))
            .With(new Standard("content"u8, "pad"u8));
}

[Header(ByteOrder.BigEndian)]
internal readonly partial record struct FastCgiHeader(
    [Constant(1)] byte Version,
    [MessageId] byte Type,
    ushort RequestId,
    [Length] ushort ContentLength,
    [Length] byte PaddingLength,
    [Reserved] byte Unused);

[Message<FastCgiHeader>(1)]
internal readonly ref partial struct Begin
{
    public readonly ushort Role;

    public readonly byte Flags;

    [Tail]
    public readonly ReadOnlySpan<byte> Reserved;
}

[Message<FastCgiHeader>(5)]
internal readonly ref partial struct Standard
{
    [SizedBy(nameof(FastCgiHeader.ContentLength))]
    public readonly ReadOnlySpan<byte> Content;

    [SizedBy(nameof(FastCgiHeader.PaddingLength))]
    public readonly ReadOnlySpan<byte> Padding;
}
