using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Protocol;

public sealed class A_frame_in_memory_is_read_whole_or_not_at_all
{
    private static readonly byte[] Whole = Frames.Move(7, 1, 2);

    [Fact]
    public void Of_every_kind()
    {
        Assert.True(MessageCodec.TryReadFrame(Whole, out Move move));
        Assert.Equal(new Move(7, 1, 2), move);
        Assert.True(MessageCodec.TryReadFrame(Frames.Blob(9, 1, 2, 3), out Blob blob));
        Assert.Equal(9u, blob.Crc);
        Assert.Equal([1, 2, 3], blob.Data.ToArray());
        Assert.True(MessageCodec.TryReadFrame(Frames.Chat("hello"), out Chat chat));
        Assert.Equal("hello", chat.Text);
    }

    /// <summary>Every shorter one, and one that is followed by a byte.</summary>
    [Fact]
    public void And_not_cut_or_followed()
    {
        for (int length = 0; length < Whole.Length; length++)
        {
            Assert.False(MessageCodec.TryReadFrame(Whole.AsMemory(0, length), out Move _));
        }

        Assert.False(MessageCodec.TryReadFrame(Frames.Join(Whole, [0]), out Move _));
        Assert.False(MessageCodec.TryReadFrame(Frames.Join(Whole, Whole), out Move _));
    }

    [Fact]
    public void And_not_with_a_length_that_lies()
    {
        foreach (int length in (int[])[-1, int.MinValue, int.MaxValue, 0, 11, 13])
        {
            Assert.False(MessageCodec.TryReadFrame(Frames.Join(Frames.Header(length, 1), Whole[8..]), out Move _));
        }
    }

    /// <summary>The id is the caller's business; the body is not.</summary>
    [Fact]
    public void Whatever_its_id()
    {
        Assert.True(MessageCodec.TryReadFrame(Frames.Of(99, Whole.AsSpan(8)), out Move move));
        Assert.Equal(7, move.Entity);
        Assert.False(MessageCodec.TryReadFrame(Frames.Of(1, Whole.AsSpan(9)), out Move _));
        Assert.False(MessageCodec.TryReadFrame(Frames.Chat("hello"), out Move _));
    }
}
