using System.Globalization;

namespace QContinuum.Runtime.Tests.Protocol;

[Message(240), BigEndian]
internal readonly partial record struct Depths(Int24 Signed, UInt24 Unsigned, [LittleEndian] Int24 SignedLow, [LittleEndian] UInt24 UnsignedLow);

public sealed class A_number_of_24_bits_has_24_bits
{
    [Theory]
    [InlineData(-8_388_608, true)]
    [InlineData(-8_388_609, false)]
    [InlineData(8_388_607, true)]
    [InlineData(8_388_608, false)]
    [InlineData(int.MinValue, false)]
    [InlineData(int.MaxValue, false)]
    [InlineData(-1, true)]
    public void With_a_sign(int value, bool fits)
    {
        if (!fits)
        {
            Assert.Throws<OverflowException>(() => (Int24)value);
            return;
        }

        var number = (Int24)value;
        Assert.Equal(value, (int)number);
        Assert.True(number == (Int24)value && number.Equals((object)(Int24)value) && number.GetHashCode() == ((Int24)value).GetHashCode());
        Assert.Equal(value.ToString("N1", CultureInfo.InvariantCulture), number.ToString("N1", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(0L, true)]
    [InlineData(16_777_215L, true)]
    [InlineData(16_777_216L, false)]
    [InlineData((long)uint.MaxValue, false)]
    public void Without_a_sign(long value, bool fits)
    {
        if (!fits)
        {
            Assert.Throws<OverflowException>(() => (UInt24)(uint)value);
            return;
        }

        var number = (UInt24)(uint)value;
        Assert.Equal((uint)value, (uint)number);
        Assert.True(number == (UInt24)(int)value && !(number != (UInt24)(int)value));
        Assert.Throws<OverflowException>(() => (UInt24)(-1));
    }

    [Fact]
    public void On_the_wire()
    {
        var body = new System.Buffers.ArrayBufferWriter<byte>();
        var depths = new Depths((Int24)(-2), (UInt24)0xABCDEF, Int24.MinValue, (UInt24)0x010203);
        MessageCodec.WriteBody(in depths, body);
        Assert.Equal("FFFFFE" + "ABCDEF" + "000080" + "030201", Convert.ToHexString(body.WrittenSpan));
        Assert.True(MessageCodec.TryRead(body.WrittenSpan, out Depths read));
        Assert.Equal(depths, read);
        Assert.Equal((Int24.MaxValue, UInt24.MaxValue), ((Int24)8_388_607, (UInt24)16_777_215));
        Assert.Equal((0, 0u), (default(Int24), UInt24.MinValue));
    }
}
