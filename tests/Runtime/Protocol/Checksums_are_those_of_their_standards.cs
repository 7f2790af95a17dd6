using System.Numerics;
using QContinuum.Protocol;

namespace QContinuum.Runtime.Tests.Protocol;

public sealed class Checksums_are_those_of_their_standards
{
    [Theory]
    [InlineData(ChecksumAlgorithm.Crc32C, 4, 0xE3069283)]
    [InlineData(ChecksumAlgorithm.Crc32, 4, 0xCBF43926)]
    [InlineData(ChecksumAlgorithm.Crc16Modbus, 2, 0x4B37)]
    [InlineData(ChecksumAlgorithm.Xor, 1, 0x31)]
    [InlineData(ChecksumAlgorithm.Sum, 1, 0xDD)]
    [InlineData(ChecksumAlgorithm.Sum, 2, 0x01DD)]
    public void Of_the_check_string(ChecksumAlgorithm algorithm, int width, ulong expected)
        => Assert.Equal(expected, Checksums.Compute(algorithm, width, "123456789"u8, 0, 0));

    [Theory]
    [InlineData(ChecksumAlgorithm.Crc32C, 4)]
    [InlineData(ChecksumAlgorithm.Crc32, 4)]
    [InlineData(ChecksumAlgorithm.Crc16Modbus, 2)]
    [InlineData(ChecksumAlgorithm.Xor, 1)]
    [InlineData(ChecksumAlgorithm.Sum, 8)]
    public void Whatever_the_length_and_with_its_own_bytes_as_zero(ChecksumAlgorithm algorithm, int width)
    {
        const int Seed = 20261123;
        var random = new Random(Seed);
        for (int length = 0; length < 70; length++)
        {
            byte[] bytes = new byte[length];
            random.NextBytes(bytes);
            Assert.Equal(BitByBit(algorithm, bytes), Checksums.Compute(algorithm, width, bytes, 0, 0));
            if (length < width)
            {
                continue;
            }

            int from = random.Next(length - width + 1);
            ulong zeroed = Checksums.Compute(algorithm, width, bytes, from, width);
            bytes.AsSpan(from, width).Clear();
            Assert.Equal(BitByBit(algorithm, bytes), zeroed);
        }
    }

    private static ulong BitByBit(ChecksumAlgorithm algorithm, byte[] bytes) => algorithm switch
    {
        ChecksumAlgorithm.Crc32C => ~Crc(0x82F63B78, uint.MaxValue, bytes) & uint.MaxValue,
        ChecksumAlgorithm.Crc32 => ~Crc(0xEDB88320, uint.MaxValue, bytes) & uint.MaxValue,
        ChecksumAlgorithm.Crc16Modbus => Crc(0xA001, ushort.MaxValue, bytes),
        ChecksumAlgorithm.Xor => bytes.Aggregate((byte)0, static (all, one) => (byte)(all ^ one)),
        _ => bytes.Aggregate(0UL, static (all, one) => all + one),
    };

    private static ulong Crc(ulong polynomial, ulong state, byte[] bytes)
    {
        foreach (byte one in bytes)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                bool isSet = ((state ^ (ulong)(one >> bit)) & 1) != 0;
                state = (state >> 1) ^ (isSet ? polynomial : 0);
            }
        }

        return state & (BitOperations.RoundUpToPowerOf2(polynomial) - 1);
    }
}
