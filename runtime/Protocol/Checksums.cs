using System.ComponentModel;
using System.Numerics;

namespace QContinuum.Protocol;

/// <summary>Computes the checksums of frames, for generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Checksums
{
    private const uint Crc32Polynomial = 0xEDB88320; // 0x04C11DB7, reflected
    private const uint Crc16ModbusPolynomial = 0xA001; // 0x8005, reflected

    private static readonly uint[] s_crc32 = Table(Crc32Polynomial);
    private static readonly uint[] s_crc16Modbus = Table(Crc16ModbusPolynomial);

    /// <summary>Computes a checksum.</summary>
    /// <param name="algorithm">How.</param>
    /// <param name="width">Bytes of the field that holds it.</param>
    /// <param name="bytes">What it covers.</param>
    /// <param name="zeroFrom">The offset in <paramref name="bytes"/> of bytes that count as zero: those of the field itself.</param>
    /// <param name="zeroLength">How many these are; 0 where the field lies outside.</param>
    /// <returns>The checksum, in the low <paramref name="width"/> bytes.</returns>
    public static ulong Compute(ChecksumAlgorithm algorithm, int width, ReadOnlySpan<byte> bytes, int zeroFrom, int zeroLength)
    {
        ulong state = Begin(algorithm);
        if (zeroLength > 0)
        {
            state = Continue(algorithm, state, bytes[..zeroFrom]);
            ReadOnlySpan<byte> zeros = [0, 0, 0, 0, 0, 0, 0, 0];
            state = Continue(algorithm, state, zeros[..zeroLength]);
            bytes = bytes[(zeroFrom + zeroLength)..];
        }

        state = Continue(algorithm, state, bytes);
        return End(algorithm, state) & (width >= sizeof(ulong) ? ulong.MaxValue : (1UL << (width * 8)) - 1);
    }

    private static ulong Begin(ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Crc32C or ChecksumAlgorithm.Crc32 => uint.MaxValue,
        ChecksumAlgorithm.Crc16Modbus => ushort.MaxValue,
        _ => 0,
    };

    private static ulong Continue(ChecksumAlgorithm algorithm, ulong state, ReadOnlySpan<byte> bytes)
    {
        switch (algorithm)
        {
            case ChecksumAlgorithm.Crc32C:
                return Crc32C((uint)state, bytes);
            case ChecksumAlgorithm.Crc32:
                return ByTable(s_crc32, (uint)state, bytes);
            case ChecksumAlgorithm.Crc16Modbus:
                return ByTable(s_crc16Modbus, (uint)state, bytes);
            case ChecksumAlgorithm.Xor:
                foreach (byte one in bytes)
                {
                    state ^= one;
                }

                return state;
            case ChecksumAlgorithm.Sum:
                foreach (byte one in bytes)
                {
                    state = unchecked(state + one);
                }

                return state;
            default:
                throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "There is no such checksum.");
        }
    }

    private static ulong End(ChecksumAlgorithm algorithm, ulong state)
        => algorithm is ChecksumAlgorithm.Crc32C or ChecksumAlgorithm.Crc32 ? ~(uint)state : state;

    // The instruction of the processor where there is one.
    private static uint Crc32C(uint state, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            state = BitOperations.Crc32C(state, System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte one in bytes)
        {
            state = BitOperations.Crc32C(state, one);
        }

        return state;
    }

    private static uint ByTable(uint[] table, uint state, ReadOnlySpan<byte> bytes)
    {
        foreach (byte one in bytes)
        {
            state = table[(byte)(state ^ one)] ^ (state >> 8);
        }

        return state;
    }

    private static uint[] Table(uint polynomial)
    {
        uint[] table = new uint[256];
        for (uint index = 0; index < table.Length; index++)
        {
            uint entry = index;
            for (int bit = 0; bit < 8; bit++)
            {
                entry = (entry & 1) == 0 ? entry >> 1 : (entry >> 1) ^ polynomial;
            }

            table[index] = entry;
        }

        return table;
    }
}
