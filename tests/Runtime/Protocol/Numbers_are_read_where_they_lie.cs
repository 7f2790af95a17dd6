using System.Buffers.Binary;

namespace QContinuum.Runtime.Tests.Protocol;

public sealed class Numbers_are_read_where_they_lie
{
    private enum Colour : ushort
    {
        Red = 0x0102,
    }

    [Fact]
    public void In_either_byte_order_and_unaligned()
    {
        byte[] bytes = [0xFF, 1, 2, 3, 4, 5, 6, 7, 8];
        Assert.Equal([0x0201, 0x0403, 0x0605, 0x0807], new WireSpan<ushort>(bytes.AsSpan(1), ByteOrder.LittleEndian).ToArray());
        Assert.Equal([0x0102, 0x0304, 0x0506, 0x0708], new WireSpan<ushort>(bytes.AsSpan(1), ByteOrder.BigEndian).ToArray());
        Assert.Equal([0x01020304, 0x05060708], new WireSpan<int>(bytes.AsSpan(1), ByteOrder.BigEndian).ToArray());
        Assert.Equal([0x0102030405060708], new WireSpan<long>(bytes.AsSpan(1), ByteOrder.BigEndian).ToArray());
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], new WireSpan<byte>(bytes.AsSpan(1), ByteOrder.BigEndian).ToArray());
        Assert.Equal(Colour.Red, new WireSpan<Colour>(bytes.AsSpan(1, 2), ByteOrder.BigEndian)[0]);

        byte[] single = new byte[4];
        BinaryPrimitives.WriteSingleBigEndian(single, -1.5f);
        Assert.Equal(-1.5f, new WireSpan<float>(single, ByteOrder.BigEndian)[0]);
        byte[] huge = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(huge, UInt128.MaxValue - 5);
        Assert.Equal(UInt128.MaxValue - 5, new WireSpan<UInt128>(huge, ByteOrder.BigEndian)[0]);
    }

    [Fact]
    public void By_index_one_by_one_or_all()
    {
        byte[] bytes = [0, 1, 0, 2, 0, 3];
        var span = new WireSpan<short>(bytes, ByteOrder.BigEndian);
        Assert.Equal((3, 6, false), (span.Length, span.ByteLength, span.IsEmpty));
        Assert.Equal((1, 3), (span[0], span[2]));
        int sum = 0;
        foreach (short number in span)
        {
            sum += number;
        }

        Assert.Equal(6, sum);
        short[] wide = new short[4];
        span.CopyTo(wide);
        Assert.Equal([1, 2, 3, 0], wide);
    }

    [Fact]
    public void And_nothing_outside()
    {
        Assert.Throws<ArgumentException>(() => _ = new WireSpan<int>(new byte[7], ByteOrder.BigEndian));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new WireSpan<int>(new byte[8], ByteOrder.BigEndian)[2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new WireSpan<int>(new byte[8], ByteOrder.BigEndian)[-1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = default(WireSpan<int>)[0]);
        Assert.Throws<ArgumentException>(() => new WireSpan<int>(new byte[8], ByteOrder.BigEndian).CopyTo(new int[1]));
        Assert.True(default(WireSpan<int>).IsEmpty);
        Assert.Empty(default(WireSpan<int>).ToArray());
    }

    /// <summary>What is made of the program's own numbers is converted on its way to the wire, and what was received is sent on as it must be.</summary>
    [Theory]
    [InlineData(ByteOrder.LittleEndian)]
    [InlineData(ByteOrder.BigEndian)]
    public void And_are_written_in_the_order_of_the_wire(ByteOrder order)
    {
        uint[] values = [1, 0x80000000, 0xDEADBEEF];
        byte[] expected = new byte[12];
        for (int i = 0; i < values.Length; i++)
        {
            if (order == ByteOrder.BigEndian)
            {
                BinaryPrimitives.WriteUInt32BigEndian(expected.AsSpan(i * 4), values[i]);
            }
            else
            {
                BinaryPrimitives.WriteUInt32LittleEndian(expected.AsSpan(i * 4), values[i]);
            }
        }

        byte[] written = new byte[12];
        WireSpan<uint> own = values;
        own.CopyBytesTo(written, order);
        Assert.Equal(expected, written);

        byte[] again = new byte[12];
        new WireSpan<uint>(written, order).CopyBytesTo(again, order);
        Assert.Equal(expected, again);

        ByteOrder other = order == ByteOrder.BigEndian ? ByteOrder.LittleEndian : ByteOrder.BigEndian;
        new WireSpan<uint>(written, order).CopyBytesTo(again, other);
        Assert.Equal(values, new WireSpan<uint>(again, other).ToArray());
    }
}
