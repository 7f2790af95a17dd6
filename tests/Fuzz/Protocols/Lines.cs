namespace QContinuum.Fuzz.Tests.Protocols;

/// <summary>Frames that no arithmetic measures.</summary>
internal static class Lines
{
    public static Target Target() => new Target<LineHeader>("Lines").With(new Said("hello\n"u8));
}

[Header(ByteOrder.BigEndian, MaxFrame = 256)]
internal readonly partial record struct LineHeader([MessageId] byte Kind)
{
    [Framer]
    private static FrameStatus Measure(in LineHeader header, ReadOnlySpan<byte> received, out int frame)
    {
        int end = received.IndexOf((byte)'\n');
        frame = end < 0 ? received.Length + 1 : end + 1;
        return end < 0 ? FrameStatus.Incomplete : FrameStatus.Complete;
    }
}

[Message<LineHeader>('+')]
internal readonly ref partial struct Said
{
    [Tail]
    public readonly ReadOnlySpan<byte> Text;
}
