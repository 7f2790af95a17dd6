using static QContinuum.Generator.Tests.Execution.Frames;

namespace QContinuum.Generator.Tests.Execution;

public sealed class The_wire_format_is_the_declared_one
{
    // int32 length, int32 id, then the body.
    private const string MoveFrame = "0C000000 01000000 04030201 0000C03F 000020C0";

    private static readonly Everything Sample = new(-2, 0xFE, -3, 0xFFFD, -4, 0xFFFFFFFC, -5, ulong.MaxValue - 4, 1.5f, -2.5, true, Mood.Angry);

    private const string SampleFrame =
        "2D000000 00000080 FE FE FDFF FDFF FCFFFFFF FCFFFFFF FBFFFFFFFFFFFFFF FBFFFFFFFFFFFFFF 0000C03F 00000000000004C0 01 FEFF";

    [Fact]
    public void A_fixed_layout()
    {
        var move = new Move(0x01020304, 1.5f, -2.5f);

        Assert.Equal(Bytes(MoveFrame), Frame(move));
        Assert.Equal(Bytes(MoveFrame)[8..], Body(move));
        Assert.True(MessageCodec.TryRead<Move>(Bytes(MoveFrame).AsSpan(8), out Move read));
        Assert.Equal(move, read);
    }

    [Fact]
    public void Every_type_of_member()
    {
        byte[] frame = Bytes(SampleFrame);

        Assert.Equal(frame, Frame(Sample));
        Assert.Equal(frame[8..], Body(Sample));
        Assert.True(MessageCodec.TryRead<Everything>(frame.AsMemory(8), out Everything read));
        Assert.Equal(Sample, read);
    }

    [Fact]
    public void Fields_and_properties_in_the_order_of_their_declaration()
    {
        Assert.Equal(Bytes("08000000 05000000 01000000 02000000"), Frame(new Corner(bottom: 2, left: 1)));
    }

    [Fact]
    public void An_empty_body()
    {
        Assert.Equal(Bytes("00000000 FAFFFFFF"), Frame(default(Ping)));
        Assert.Empty(Body(default(Ping)));
        Assert.True(MessageCodec.TryRead<Ping>([], out _));
        Assert.False(MessageCodec.TryRead<Ping>([0], out _));
    }

    [Fact]
    public void A_view_with_a_tail()
    {
        ReadOnlySpan<byte> onTheStack = stackalloc byte[] { 1, 2, 3 };
        var blob = new Blob(0xAABBCCDD, onTheStack);

        Assert.Equal(Bytes("07000000 02000000 DDCCBBAA 010203"), Frame(blob));
        Assert.Equal(Bytes("DDCCBBAA 010203"), Body(blob));
        Assert.Equal(Bytes("04000000 02000000 DDCCBBAA"), Frame(new Blob(0xAABBCCDD, [])));
    }

    [Fact]
    public void A_view_without_one()
    {
        byte[] frame = Bytes("09000000 07000000 05 0807060504030201");
        Assert.Equal(frame, Frame(new Pair(5, 0x0102030405060708)));
        Assert.True(MessageCodec.TryRead(frame.AsSpan(8), out Pair pair));
        Assert.Equal(5, pair.First);
        Assert.Equal(0x0102030405060708, new Pair.Reader(frame.AsSpan(8)).ToMessage().Second);
    }

    [Fact]
    public void A_tail_alone()
    {
        Assert.Equal(Bytes("02000000 08000000 0A0B"), Frame(new Raw([10, 11])));
        Assert.True(MessageCodec.TryRead([], out Raw empty));
        Assert.Equal(0, empty.Bytes.Length);
    }

    [Fact]
    public void Any_byte_but_zero_is_true()
    {
        byte[] body = Body(Sample);
        body[^3] = 0x80;
        Assert.True(MessageCodec.TryRead<Everything>(body.AsSpan(), out Everything read));
        Assert.True(read.Flag);
        Assert.Equal(1, Body(read)[^3]);

        body[^3] = 0;
        Assert.True(MessageCodec.TryRead<Everything>(body.AsSpan(), out read));
        Assert.False(read.Flag);
    }

    [Fact]
    public void Numbers_that_are_none_keep_their_bits()
    {
        byte[] body = Bytes("00000000 010080FF 010080FF");
        Assert.True(MessageCodec.TryRead<Move>(body.AsSpan(), out Move move));
        Assert.Equal(body, Body(move));
    }
}
