namespace QContinuum.Fuzz.Tests.Protocols;

/// <summary>An id in two fields, and an end mark, as AMQP has them.</summary>
internal static class ClassAndMethod
{
    public static Target Target() => new Target<MethodHeader>("Class and method").With(new Open("/"u8)).With(default(Close));
}

[Header(ByteOrder.BigEndian)]
internal readonly partial record struct MethodHeader(
    [Constant(1)] byte Type,
    ushort Channel,
    [Length] uint Length,
    [MessageId(InBody = true)] ushort Class,
    [MessageId(InBody = true)] ushort Method,
    [Trailer, Constant(0xCE)] byte End);

[Message<MethodHeader>(10, 40)]
internal readonly ref partial struct Open
{
    [LengthPrefix(1), Utf8]
    public readonly ReadOnlySpan<byte> Host;
}

[Message<MethodHeader>(10, 50)]
internal readonly partial record struct Close;
