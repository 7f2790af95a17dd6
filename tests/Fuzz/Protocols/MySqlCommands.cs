namespace QContinuum.Fuzz.Tests.Protocols;

/// <summary>A length of 24 bits, and an id in the first byte of the body.</summary>
internal static class MySqlCommands
{
    public static Target Target()
        => new Target<CommandHeader>("MySQL commands")
            .With(default(Ping))
            .With(new Query("SELECT 1"u8));
}

[Header(ByteOrder.LittleEndian)]
internal readonly partial record struct CommandHeader([Length] UInt24 Length, byte Sequence, [MessageId(InBody = true)] byte Command);

[Message<CommandHeader>(0x0E)]
internal readonly partial record struct Ping;

[Message<CommandHeader>(0x03, MaxSize = 512)]
internal readonly ref partial struct Query
{
    [Tail]
    public readonly ReadOnlySpan<byte> Text;
}
