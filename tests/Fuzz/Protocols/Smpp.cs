namespace QContinuum.Fuzz.Tests.Protocols;

/// <summary>A length of the whole frame, an id and a reply flag in one field, a status, a correlation.</summary>
internal static class Smpp
{
    public static Target Target()
        => new Target<SmppHeader>("SMPP")
            .With(new Bind("system"u8, "secret"u8, 0x34))
            .With(new BindReply("centre"u8))
            .With(default(EnquireLink))
            .With(default(EnquireLinkReply));
}

[Header(ByteOrder.BigEndian, MaxFrame = 1024)]
internal readonly partial record struct SmppHeader(
    [Length(CountsFrom = 0)] uint Length,
    [MessageId(Mask = 0x7FFF_FFFF), ReplyFlag(Mask = 0x8000_0000)] uint Command,
    [Fault] uint Status,
    [Correlation] uint Sequence);

[Message<SmppHeader>(2, Reply = typeof(BindReply))]
internal readonly ref partial struct Bind
{
    [ZeroTerminated]
    public readonly ReadOnlySpan<byte> System;

    [ZeroTerminated]
    public readonly ReadOnlySpan<byte> Password;

    public readonly byte Version;
}

[Message<SmppHeader>(2, IsReply = true)]
internal readonly ref partial struct BindReply
{
    [ZeroTerminated]
    public readonly ReadOnlySpan<byte> System;
}

[Message<SmppHeader>(0x15, Reply = typeof(EnquireLinkReply))]
internal readonly partial record struct EnquireLink;

[Message<SmppHeader>(0x15, IsReply = true)]
internal readonly partial record struct EnquireLinkReply;
