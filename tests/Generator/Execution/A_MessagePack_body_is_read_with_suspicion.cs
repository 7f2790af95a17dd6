using static QContinuum.Generator.Tests.Execution.Frames;

namespace QContinuum.Generator.Tests.Execution;

public sealed class A_MessagePack_body_is_read_with_suspicion
{
    // [ "Hi" ]
    private const string Greeting = "91 A2 4869";

    [Fact]
    public void It_is_written_and_read()
    {
        Assert.Equal(Bytes(Greeting), Body(new Chat { Text = "Hi" }));
        Assert.True(MessageCodec.TryRead(Bytes(Greeting), out Chat chat));
        Assert.Equal("Hi", chat.Text);
        Assert.Equal(Bytes("91 CD0101"), Body(new Score { Points = 257 }));
        Assert.True(MessageCodec.TryRead(Bytes("91 CD0101"), out Score score));
        Assert.Equal(257, score.Points);
    }

    [Theory]
    [InlineData("")]
    [InlineData("C0")]
    [InlineData("91 A2 4869 00")]
    [InlineData("91 A2 4869 91 A2 4869")]
    [InlineData("91 A2 48")]
    [InlineData("91")]
    [InlineData("91 C3")]
    [InlineData("C1")]
    [InlineData("DD FFFFFFFF")]
    public void What_is_not_the_message_is_refused(string body)
    {
        Assert.False(MessageCodec.TryRead(Bytes(body), out Chat _));
        Assert.False(MessageCodec.TryRead(Bytes(body), out Score _));
    }

    [Fact]
    public void Its_size_is_not_known_before_it_is_written()
    {
        Assert.Equal(-1, SizeOf(new Chat()));
        Assert.Throws<InvalidOperationException>(() => Write(new Chat(), new byte[64]));
    }

    [Fact]
    public void Nesting_is_limited()
    {
        Assert.True(MessageCodec.TryRead(Nested(levels: 100), out Tree _));
        Assert.False(MessageCodec.TryRead(Nested(levels: 1000), out Tree _));

        // [ [ … [ nil, nil ] …, nil ], nil ]
        static byte[] Nested(int levels) => [.. Enumerable.Repeat((byte)0x92, levels), 0xC0, .. Enumerable.Repeat((byte)0xC0, levels)];
    }

    private static int SizeOf<T>(in T message)
        where T : IMessage<T>
        => T.SizeOf(in message);

    private static void Write<T>(in T message, Span<byte> frame)
        where T : IMessage<T>
        => T.WriteFrame(in message, frame, correlation: 0);
}
