namespace QContinuum.Runtime.Tests.Protocol;

public sealed class The_first_bit_is_the_least_significant
{
    /// <summary>The example of the Modbus specification (6.1): coils 20 to 38 read as CD 6B 05.</summary>
    [Fact]
    public void As_field_buses_pack_them()
    {
        var bits = new PackedBits([0xCD, 0x6B, 0x05], 19);
        bool[] read = new bool[19];
        bits.CopyTo(read);
        Assert.Equal("1011001111010110101", string.Concat(read.Select(bit => bit ? '1' : '0')));
        Assert.True(bits[0]);
        Assert.False(bits[1]);
        Assert.True(bits[18]);

        byte[] packed = [0xFF, 0xFF, 0xFF, 0xFF];
        PackedBits.Pack(read, packed);
        Assert.Equal([0xCD, 0x6B, 0x05, 0xFF], packed);
    }

    [Fact]
    public void Whatever_their_number()
    {
        const int Seed = 11;
        var random = new Random(Seed);
        for (int count = 0; count <= 70; count++)
        {
            bool[] bits = [.. Enumerable.Range(0, count).Select(_ => random.Next(2) == 1)];
            byte[] packed = new byte[PackedBits.BytesFor(count)];
            Assert.Equal((count + 7) / 8, packed.Length);
            PackedBits.Pack(bits, packed);
            for (int i = 0; i < packed.Length * 8; i++)
            {
                Assert.Equal(i < count && bits[i], (packed[i / 8] & (1 << (i % 8))) != 0);
            }

            bool[] read = new bool[count];
            new PackedBits(packed, count).CopyTo(read);
            Assert.Equal(bits, read);
        }
    }

    [Fact]
    public void And_there_are_none_outside()
    {
        Assert.Throws<ArgumentException>(() => _ = new PackedBits(new byte[1], 9));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new PackedBits(new byte[1], -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new PackedBits(new byte[2], 9)[9]);
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new PackedBits(new byte[2], 9)[-1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => PackedBits.BytesFor(-1));
        Assert.Throws<ArgumentException>(() => new PackedBits(new byte[2], 9).CopyTo(new bool[8]));
        Assert.Throws<ArgumentException>(() => PackedBits.Pack(new bool[9], new byte[1]));
        Assert.Throws<ArgumentException>(() => _ = new PackedBits(new byte[1], int.MaxValue));
        Assert.Equal(268_435_456, PackedBits.BytesFor(int.MaxValue));
    }
}
