using QContinuum.Protocol;

namespace QContinuum.Runtime.Tests.Protocol;

public sealed class A_part_is_never_longer_than_its_body
{
    /// <summary>Counts up to the greatest there is: nothing overflows into something that fits, and what is refused moves nothing.</summary>
    [Theory]
    [InlineData(0, 1, true)]
    [InlineData(7, 1, true)]
    [InlineData(8, 1, false)]
    [InlineData(3, 2, true)]
    [InlineData(4, 2, false)]
    [InlineData(1, 7, true)]
    [InlineData(1, 8, false)]
    [InlineData(0, int.MaxValue, true)]
    [InlineData(1, int.MaxValue, false)]
    [InlineData(0x1_0000_0000, 1, false)]
    [InlineData(0x1_0000_0001, 1, false)]
    [InlineData(0x8000_0000, 2, false)]
    [InlineData(0x4000_0000_0000_0001, 4, false)]
    [InlineData(ulong.MaxValue, 1, false)]
    [InlineData(ulong.MaxValue, 16, false)]
    [InlineData((ulong)int.MaxValue, int.MaxValue, false)]
    public void Whatever_its_count(ulong count, int unit, bool isThere)
    {
        byte[] body = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        int at = 3;
        Assert.Equal(isThere, Parts.TryTake(body, ref at, count, unit, out ReadOnlySpan<byte> part));
        int length = isThere ? (int)count * unit : 0;
        Assert.Equal(body.AsSpan(3, length), part);
        Assert.Equal(3 + length, at);
    }

    [Theory]
    [InlineData("03 414243 FF", 1, false, 1, "414243")]
    [InlineData("00", 1, false, 1, "")]
    [InlineData("04 414243", 1, false, 1, null)]
    [InlineData("", 1, false, 1, null)]
    [InlineData("0300 414243", 2, false, 1, "414243")]
    [InlineData("0003 414243", 2, true, 1, "414243")]
    [InlineData("03", 2, true, 1, null)]
    [InlineData("000003 414243", 3, true, 1, "414243")]
    [InlineData("02000000 41424344", 4, false, 2, "41424344")]
    [InlineData("02000000 414243", 4, false, 2, null)]
    [InlineData("FFFFFFFF 41424344", 4, false, 1, null)]
    [InlineData("FFFFFFFF 41424344", 4, true, 16, null)]
    [InlineData("80000002 41424344", 4, true, 2, null)]
    public void Whatever_its_prefix(string hex, int prefix, bool isBigEndian, int unit, string? expected)
    {
        byte[] body = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        int at = 0;
        bool isThere = Parts.TryTakePrefixed(body, ref at, prefix, isBigEndian, unit, out ReadOnlySpan<byte> part);
        Assert.Equal(expected is not null, isThere);
        Assert.Equal(expected ?? "", Convert.ToHexString(part));
        Assert.Equal(isThere ? prefix + part.Length : 0, at);
    }

    [Fact]
    public void And_ends_at_its_zero_if_there_is_one()
    {
        byte[] body = "ab\0\0c"u8.ToArray();
        int at = 0;
        Assert.True(Parts.TryTakeTerminated(body, ref at, out ReadOnlySpan<byte> part));
        Assert.Equal("ab"u8, part);
        Assert.True(Parts.TryTakeTerminated(body, ref at, out part));
        Assert.True(part.IsEmpty);
        Assert.False(Parts.TryTakeTerminated(body, ref at, out part));
        Assert.Equal(4, at);
        at = body.Length;
        Assert.False(Parts.TryTakeTerminated(body, ref at, out part));
        Assert.Equal(body.Length, at);
    }

    [Fact]
    public void And_the_rest_is_a_whole_number_of_elements()
    {
        byte[] body = [1, 2, 3, 4, 5];
        int at = 1;
        Assert.True(Parts.TryTakeRest(body, ref at, 4, out ReadOnlySpan<byte> part));
        Assert.Equal(4, part.Length);
        Assert.True(Parts.TryTakeRest(body, ref at, 4, out part));
        Assert.True(part.IsEmpty);
        at = 2;
        Assert.False(Parts.TryTakeRest(body, ref at, 2, out part));
        Assert.Equal(2, at);
    }

    [Fact]
    public void And_what_its_prefix_cannot_say_is_not_written()
    {
        byte[] body = new byte[4];
        int at = 0;
        Parts.PutPrefix(body, ref at, 1, isBigEndian: false, 255, "Text");
        Parts.PutPrefix(body, ref at, 3, isBigEndian: true, 0x123456, "Text");
        Assert.Equal("FF123456", Convert.ToHexString(body));
        ArgumentException tooLong = Assert.Throws<ArgumentException>(() =>
        {
            int start = 0;
            Parts.PutPrefix(new byte[4], ref start, 1, isBigEndian: false, 256, "Text");
        });
        Assert.Contains("Text", tooLong.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() =>
        {
            int start = 0;
            Parts.PutTerminated(new byte[4], ref start, "a\0b"u8, "Text");
        });
    }
}
