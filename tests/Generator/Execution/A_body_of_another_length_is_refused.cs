using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static QContinuum.Generator.Tests.Execution.Frames;

namespace QContinuum.Generator.Tests.Execution;

public sealed class A_body_of_another_length_is_refused
{
    [Fact]
    public void By_a_fixed_layout()
    {
        for (int length = 0; length <= 20; length++)
        {
            byte[] body = new byte[length];
            Assert.Equal(length == 12, MessageCodec.TryRead<Move>(body.AsSpan(), out _));
            Assert.Equal(length == 12, MessageCodec.TryRead<Move>(body.AsMemory(), out _));
            Assert.Equal(length == 9, MessageCodec.TryRead<Pair>(body.AsSpan(), out _));
        }
    }

    [Fact]
    public void By_a_reader()
    {
        for (int length = 0; length <= 20; length++)
        {
            byte[] body = new byte[length];
            Exception? refused = Record.Exception(() => new Move.Reader(body).ToMessage());
            Assert.Equal(length == 12, refused is null);
            Assert.True(refused is null or ArgumentException);
        }
    }

    [Fact]
    public void By_a_view_only_when_it_is_shorter_than_the_fixed_part()
    {
        for (int length = 0; length <= 20; length++)
        {
            byte[] body = new byte[length];
            Assert.Equal(length >= 4, MessageCodec.TryRead(body.AsSpan(), out Blob blob));
            Assert.Equal(Math.Max(length - 4, 0), blob.Data.Length);
        }
    }

    [Fact]
    public void Nothing_is_written_into_a_frame_without_room()
    {
        byte[] frame = new byte[64];
        Assert.Throws<ArgumentException>(() => Write(new Move(-1, 1, 1), frame.AsSpan(0, 19)));
        Assert.Throws<ArgumentException>(() => Write(new Blob(1, new byte[3]), frame.AsSpan(0, 14)));
        Assert.Equal(new byte[64], frame);
    }

    [Fact]
    public void A_tail_that_makes_the_frame_too_long_for_an_int_is_refused()
    {
        Assert.Throws<OverflowException>(() =>
        {
            byte only = 0;
            var blob = new Blob(1, MemoryMarshal.CreateReadOnlySpan(ref only, int.MaxValue - 11));
            return SizeOf(blob);
        });
    }

    [Fact]
    public void A_tail_is_the_buffer_itself()
    {
        byte[] body = Bytes("00000000 0102");
        Assert.True(MessageCodec.TryRead(body.AsSpan(), out Blob blob));
        Assert.True(Unsafe.AreSame(in body[4], in MemoryMarshal.GetReference(blob.Data)));
    }

    private static void Write<T>(scoped in T message, Span<byte> frame)
        where T : IMessage<T>, allows ref struct
        => T.WriteFrame(in message, frame, correlation: 0);

    private static int SizeOf<T>(scoped in T message)
        where T : IMessage<T>, allows ref struct
        => T.SizeOf(in message);
}
