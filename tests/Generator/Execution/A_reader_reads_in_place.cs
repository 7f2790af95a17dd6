using static QContinuum.Generator.Tests.Execution.Frames;

namespace QContinuum.Generator.Tests.Execution;

public sealed class A_reader_reads_in_place
{
    [Fact]
    public void Each_member_and_all_of_them()
    {
        byte[] body = Body(new Move(7, 1.5f, -2.5f));
        var reader = new Move.Reader(body);

        Assert.Equal(7, reader.Entity);
        Assert.Equal(1.5f, reader.X);
        Assert.Equal(-2.5f, reader.Y);
        Assert.Equal(new Move(7, 1.5f, -2.5f), reader.ToMessage());

        body[0] = 8;
        Assert.Equal(8, reader.Entity);
    }

    [Fact]
    public void Past_the_constructors_that_the_user_wrote()
    {
        // Corner has one of the same types, which swaps the two and refuses a negative bottom.
        byte[] body = Bytes("01000000 FEFFFFFF");

        Assert.True(MessageCodec.TryRead<Corner>(body.AsSpan(), out Corner corner));
        Assert.Equal((1, -2), (corner.Left, corner.Bottom));
        Assert.Equal((1, -2), (new Corner.Reader(body).Left, new Corner.Reader(body).Bottom));
        Assert.Equal(-2, new Corner.Reader(body).ToMessage().Bottom);
    }
}
