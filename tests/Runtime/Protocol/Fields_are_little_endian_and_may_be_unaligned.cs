using System.Runtime.InteropServices;
using QContinuum.Protocol;

namespace QContinuum.Runtime.Tests.Protocol;

public sealed class Fields_are_little_endian_and_may_be_unaligned
{
    private delegate void Writer(ref byte origin, int offset);

    [Fact]
    public void Written()
    {
        Assert.Equal("FE", Hex(1, (ref byte o, int at) => Wire.WriteByte(ref o, at, 0xFE)));
        Assert.Equal("FE", Hex(1, (ref byte o, int at) => Wire.WriteSByte(ref o, at, -2)));
        Assert.Equal("01", Hex(1, (ref byte o, int at) => Wire.WriteBoolean(ref o, at, true)));
        Assert.Equal("00", Hex(1, (ref byte o, int at) => Wire.WriteBoolean(ref o, at, false)));
        Assert.Equal("FEFF", Hex(2, (ref byte o, int at) => Wire.WriteInt16(ref o, at, -2)));
        Assert.Equal("0201", Hex(2, (ref byte o, int at) => Wire.WriteUInt16(ref o, at, 0x0102)));
        Assert.Equal("FEFFFFFF", Hex(4, (ref byte o, int at) => Wire.WriteInt32(ref o, at, -2)));
        Assert.Equal("04030201", Hex(4, (ref byte o, int at) => Wire.WriteUInt32(ref o, at, 0x01020304)));
        Assert.Equal("FEFFFFFFFFFFFFFF", Hex(8, (ref byte o, int at) => Wire.WriteInt64(ref o, at, -2)));
        Assert.Equal("0807060504030201", Hex(8, (ref byte o, int at) => Wire.WriteUInt64(ref o, at, 0x0102030405060708)));
        Assert.Equal("0000C03F", Hex(4, (ref byte o, int at) => Wire.WriteSingle(ref o, at, 1.5f)));
        Assert.Equal("00000000000004C0", Hex(8, (ref byte o, int at) => Wire.WriteDouble(ref o, at, -2.5)));
    }

    [Fact]
    public void Read()
    {
        Assert.Equal(0xFE, Wire.ReadByte(in At("FE"), 1));
        Assert.Equal(-2, Wire.ReadSByte(in At("FE"), 1));
        Assert.Equal(-2, Wire.ReadInt16(in At("FEFF"), 1));
        Assert.Equal(0x0102, Wire.ReadUInt16(in At("0201"), 1));
        Assert.Equal(-2, Wire.ReadInt32(in At("FEFFFFFF"), 1));
        Assert.Equal(0x01020304u, Wire.ReadUInt32(in At("04030201"), 1));
        Assert.Equal(-2, Wire.ReadInt64(in At("FEFFFFFFFFFFFFFF"), 1));
        Assert.Equal(0x0102030405060708u, Wire.ReadUInt64(in At("0807060504030201"), 1));
        Assert.Equal(1.5f, Wire.ReadSingle(in At("0000C03F"), 1));
        Assert.Equal(-2.5, Wire.ReadDouble(in At("00000000000004C0"), 1));
    }

    [Theory]
    [InlineData("00", false)]
    [InlineData("01", true)]
    [InlineData("02", true)]
    [InlineData("FF", true)]
    public void Every_byte_but_zero_is_true(string hex, bool expected)
    {
        bool read = Wire.ReadBoolean(in At(hex), 1);
        Assert.Equal(expected, read);
        Assert.Equal(expected ? 1 : 0, MemoryMarshal.AsBytes(new ReadOnlySpan<bool>(in read))[0]);
    }

    [Fact]
    public void A_writer_is_refused_a_byte_too_few()
    {
        Wire.CheckRoom(new byte[12], 12);
        Assert.Throws<ArgumentException>(() => Wire.CheckRoom(new byte[11], 12));
    }

    /// <summary>What a writer puts at an odd offset; the bytes before and after it must stay as they are.</summary>
    private static string Hex(int width, Writer write)
    {
        byte[] bytes = new byte[1 + width + 1];
        bytes.AsSpan().Fill(0xAA);
        write(ref bytes[0], 1);
        Assert.Equal(0xAA, bytes[0]);
        Assert.Equal(0xAA, bytes[^1]);
        return Convert.ToHexString(bytes, 1, width);
    }

    private static ref byte At(string hex) => ref MemoryMarshal.GetArrayDataReference(Convert.FromHexString("55" + hex));
}
