namespace QContinuum.Runtime.Tests.Protocol;

public sealed class The_default_header_is_eight_little_endian_bytes
{
    private const int Limit = 100;

    [Fact]
    public void Length_first_then_id()
    {
        byte[] bytes = new byte[MessageHeader.Size];
        MessageHeader.Write(new MessageHeader(Length: 999, Id: unchecked((int)0x81020304)), body: 0x0A0B0C, bytes);
        Assert.Equal("0C0B0A0004030281", Convert.ToHexString(bytes));
    }

    [Fact]
    public void What_is_written_is_read()
    {
        byte[] bytes = [5, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF, 1, 2, 3, 4, 5, 6];
        Assert.Equal(FrameStatus.Complete, MessageHeader.TryReadFrame(bytes, Limit, out MessageHeader header, out FrameExtent extent));
        Assert.Equal(new MessageHeader(Length: 5, Id: -2), header);
        Assert.Equal(new FrameExtent(13, 8, 5), extent);
    }

    [Fact]
    public void A_part_of_a_header_asks_for_a_header()
    {
        for (int length = 0; length < MessageHeader.Size; length++)
        {
            Assert.Equal(FrameStatus.Incomplete, MessageHeader.TryReadFrame(new byte[length], Limit, out _, out FrameExtent extent));
            Assert.Equal(MessageHeader.Size, extent.Length);
        }
    }

    [Fact]
    public void A_part_of_a_frame_asks_for_the_frame()
    {
        Assert.Equal(FrameStatus.Incomplete, MessageHeader.TryReadFrame([5, 0, 0, 0, 1, 0, 0, 0, 1, 2, 3, 4], Limit, out _, out FrameExtent extent));
        Assert.Equal(new FrameExtent(13, 8, 5), extent);
    }

    [Theory]
    [InlineData(0, FrameStatus.Complete)]
    [InlineData(Limit, FrameStatus.Incomplete)]
    [InlineData(Limit + 1, FrameStatus.TooLong)]
    [InlineData(int.MaxValue, FrameStatus.TooLong)]
    [InlineData(-1, FrameStatus.NegativeLength)]
    [InlineData(int.MinValue, FrameStatus.NegativeLength)]
    public void A_claim_is_judged_before_the_body_is_there(int length, FrameStatus expected)
    {
        byte[] header = new byte[MessageHeader.Size];
        BitConverter.TryWriteBytes(header, length);
        Assert.Equal(expected, MessageHeader.TryReadFrame(header, Limit, out _, out FrameExtent extent));
        Assert.Equal(expected is FrameStatus.Complete or FrameStatus.Incomplete ? MessageHeader.Size + length : 0, extent.Length);
    }

    [Fact]
    public void A_destination_too_short_throws()
        => Assert.Throws<ArgumentException>(() => MessageHeader.Write(default, 0, new byte[MessageHeader.Size - 1]));
}
