using QContinuum.Generator.Tests.Support;

namespace QContinuum.Generator.Tests.Execution;

public sealed class A_header_says_where_parts_end
{
    private static readonly Type s_harness = UserProject.Generate("""
        #nullable enable
        using System;
        using QContinuum;
        using QContinuum.Protocol;

        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct H([MessageId] byte Kind, byte KeyLength, [Bits(4)] byte Count, [Bits(4)] byte Free, [Length] ushort BodyLength);

        [Message<H>(1)]
        public readonly ref partial struct M
        {
            [SizedBy(nameof(H.KeyLength))] public readonly ReadOnlySpan<byte> Key;
            [CountedBy(nameof(H.Count))] public readonly WireSpan<ushort> Values;
            [Tail] public readonly ReadOnlySpan<byte> Rest;
        }

        public static class Harness
        {
            public static byte[] Write(int key, int values)
            {
                var message = new M(new byte[key], new ushort[values], "r"u8);
                byte[] frame = new byte[SizeOf(in message)];
                Framing.WriteFrame(in message, new H(free: 9), frame);
                return frame;
            }

            public static string? Read(byte[] frame)
                => MessageCodec.TryReadFrame(frame, out M message) ? $"{message.Key.Length} {message.Values.Length} {message.Rest.Length}" : null;

            public static bool ReadsAlone(byte[] body) => MessageCodec.TryRead(body.AsMemory(), out M _);

            private static int SizeOf<T>(scoped in T message) where T : IMessage<T>, allows ref struct => T.SizeOf(in message);
        }
        """).Load("Harness");

    private static Func<int, int, byte[]> Write => s_harness.GetMethod("Write")!.CreateDelegate<Func<int, int, byte[]>>();

    private static Func<byte[], string?> Read => s_harness.GetMethod("Read")!.CreateDelegate<Func<byte[], string?>>();

    [Fact]
    public void It_is_filled_in_and_read()
    {
        byte[] frame = Frames.Bytes("01 02 19 0005 0000 0000 72");
        Assert.Equal(frame, Write(2, 1));
        Assert.Equal("2 1 1", Read(frame));
        Assert.Equal("255 15 1", Read(Write(255, 15)));
        Assert.Equal("0 0 0", Read(Frames.Bytes("01 00 00 0000")));
    }

    [Theory]
    [InlineData("01 06 09 0005 0000 0000 72")]
    [InlineData("01 02 29 0005 0000 0000 72")]
    [InlineData("01 02 19 0003 0000 00")]
    [InlineData("01 02 19 0005 0000 0000")]
    [InlineData("01 02 19 0005 0000 0000 72 00")]
    [InlineData("01 02 19")]
    [InlineData("")]
    public void A_lie_is_refused(string frame) => Assert.Null(Read(Frames.Bytes(frame)));

    [Fact]
    public void What_it_cannot_say_is_not_sent()
    {
        Assert.Throws<ArgumentException>(() => Write(256, 0));
        Assert.Throws<ArgumentException>(() => Write(0, 16));
    }

    [Fact]
    public void A_body_alone_is_not_enough()
        => Assert.Throws<NotSupportedException>(() => s_harness.GetMethod("ReadsAlone")!.CreateDelegate<Func<byte[], bool>>()([]));
}
