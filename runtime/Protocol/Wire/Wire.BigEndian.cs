using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace QContinuum.Protocol;

/// <content>Loads and stores of big-endian numbers.</content>
public static partial class Wire
{
    /// <summary>Reads a signed big-endian integer of 16 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static short ReadInt16BigEndian(ref readonly byte origin, int offset)
    {
        short value = Unsafe.ReadUnaligned<short>(in Unsafe.Add(ref Unsafe.AsRef(in origin), offset));
        return !BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
    }

    /// <summary>Reads an unsigned big-endian integer of 16 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort ReadUInt16BigEndian(ref readonly byte origin, int offset)
    {
        ushort value = Unsafe.ReadUnaligned<ushort>(in Unsafe.Add(ref Unsafe.AsRef(in origin), offset));
        return !BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
    }

    /// <summary>Reads a signed big-endian integer of 32 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ReadInt32BigEndian(ref readonly byte origin, int offset)
    {
        int value = Unsafe.ReadUnaligned<int>(in Unsafe.Add(ref Unsafe.AsRef(in origin), offset));
        return !BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
    }

    /// <summary>Reads an unsigned big-endian integer of 32 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint ReadUInt32BigEndian(ref readonly byte origin, int offset)
    {
        uint value = Unsafe.ReadUnaligned<uint>(in Unsafe.Add(ref Unsafe.AsRef(in origin), offset));
        return !BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
    }

    /// <summary>Reads a signed big-endian integer of 64 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long ReadInt64BigEndian(ref readonly byte origin, int offset)
    {
        long value = Unsafe.ReadUnaligned<long>(in Unsafe.Add(ref Unsafe.AsRef(in origin), offset));
        return !BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
    }

    /// <summary>Reads an unsigned big-endian integer of 64 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ReadUInt64BigEndian(ref readonly byte origin, int offset)
    {
        ulong value = Unsafe.ReadUnaligned<ulong>(in Unsafe.Add(ref Unsafe.AsRef(in origin), offset));
        return !BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
    }

    /// <summary>Reads a signed big-endian integer of 128 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int128 ReadInt128BigEndian(ref readonly byte origin, int offset)
    {
        Int128 value = Unsafe.ReadUnaligned<Int128>(in Unsafe.Add(ref Unsafe.AsRef(in origin), offset));
        return !BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
    }

    /// <summary>Reads an unsigned big-endian integer of 128 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt128 ReadUInt128BigEndian(ref readonly byte origin, int offset)
    {
        UInt128 value = Unsafe.ReadUnaligned<UInt128>(in Unsafe.Add(ref Unsafe.AsRef(in origin), offset));
        return !BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
    }

    /// <summary>Reads an unsigned big-endian integer of 24 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt24 ReadUInt24BigEndian(ref readonly byte origin, int offset)
        => UInt24.FromBits(ReadUInt16BigEndian(in origin, offset + 1) | (uint)(ReadByte(in origin, offset) << 16));

    /// <summary>Reads an unsigned big-endian integer of 24 bits in a single load, where the layout has a byte beside it.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="size">Bytes of the layout, a constant: all of them may be read.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt24 ReadUInt24BigEndian(ref readonly byte origin, int offset, int size)
        => offset > 0 ? UInt24.FromBits(ReadUInt32BigEndian(in origin, offset - 1))
            : offset + 4 <= size ? UInt24.FromBits(ReadUInt32BigEndian(in origin, offset) >> 8)
            : ReadUInt24BigEndian(in origin, offset);

    /// <summary>Reads a signed big-endian integer of 24 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int24 ReadInt24BigEndian(ref readonly byte origin, int offset)
        => Int24.FromBits(ReadUInt24BigEndian(in origin, offset));

    /// <summary>Reads a signed big-endian integer of 24 bits in a single load, where the layout has a byte beside it.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="size">Bytes of the layout, a constant: all of them may be read.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int24 ReadInt24BigEndian(ref readonly byte origin, int offset, int size)
        => Int24.FromBits(ReadUInt24BigEndian(in origin, offset, size));

    /// <summary>Reads a big-endian IEEE 754 number of 16 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Half ReadHalfBigEndian(ref readonly byte origin, int offset) => BitConverter.Int16BitsToHalf(ReadInt16BigEndian(in origin, offset));

    /// <summary>Reads a big-endian IEEE 754 number of 32 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ReadSingleBigEndian(ref readonly byte origin, int offset) => BitConverter.Int32BitsToSingle(ReadInt32BigEndian(in origin, offset));

    /// <summary>Reads a big-endian IEEE 754 number of 64 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ReadDoubleBigEndian(ref readonly byte origin, int offset) => BitConverter.Int64BitsToDouble(ReadInt64BigEndian(in origin, offset));

    /// <summary>Reads a <see cref="Guid"/> in network byte order, as its text reads (RFC 9562).</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Guid ReadGuidBigEndian(ref readonly byte origin, int offset)
        => new(MemoryMarshal.CreateReadOnlySpan(in Unsafe.Add(ref Unsafe.AsRef(in origin), offset), GuidSize), bigEndian: true);

    /// <summary>Reads an unsigned big-endian integer of 1 to 8 bytes.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="size">Bytes of the integer, a constant.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ReadUnsignedBigEndian(ref readonly byte origin, int offset, int size)
    {
        // Of a size that machines have: one load.
        switch (size)
        {
            case sizeof(ushort):
                return ReadUInt16BigEndian(in origin, offset);
            case sizeof(uint):
                return ReadUInt32BigEndian(in origin, offset);
            case sizeof(ulong):
                return ReadUInt64BigEndian(in origin, offset);
        }

        ulong value = 0;
        for (int index = 0; index < size; index++)
        {
            value = (value << 8) | ReadByte(in origin, offset + index);
        }

        return value;
    }

    /// <summary>Writes a signed big-endian integer of 16 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteInt16BigEndian(ref byte origin, int offset, short value)
        => Unsafe.WriteUnaligned(ref Unsafe.Add(ref origin, offset), !BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));

    /// <summary>Writes an unsigned big-endian integer of 16 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteUInt16BigEndian(ref byte origin, int offset, ushort value)
        => Unsafe.WriteUnaligned(ref Unsafe.Add(ref origin, offset), !BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));

    /// <summary>Writes a signed big-endian integer of 32 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteInt32BigEndian(ref byte origin, int offset, int value)
        => Unsafe.WriteUnaligned(ref Unsafe.Add(ref origin, offset), !BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));

    /// <summary>Writes an unsigned big-endian integer of 32 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteUInt32BigEndian(ref byte origin, int offset, uint value)
        => Unsafe.WriteUnaligned(ref Unsafe.Add(ref origin, offset), !BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));

    /// <summary>Writes a signed big-endian integer of 64 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteInt64BigEndian(ref byte origin, int offset, long value)
        => Unsafe.WriteUnaligned(ref Unsafe.Add(ref origin, offset), !BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));

    /// <summary>Writes an unsigned big-endian integer of 64 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteUInt64BigEndian(ref byte origin, int offset, ulong value)
        => Unsafe.WriteUnaligned(ref Unsafe.Add(ref origin, offset), !BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));

    /// <summary>Writes a signed big-endian integer of 128 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteInt128BigEndian(ref byte origin, int offset, Int128 value)
        => Unsafe.WriteUnaligned(ref Unsafe.Add(ref origin, offset), !BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));

    /// <summary>Writes an unsigned big-endian integer of 128 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteUInt128BigEndian(ref byte origin, int offset, UInt128 value)
        => Unsafe.WriteUnaligned(ref Unsafe.Add(ref origin, offset), !BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));

    /// <summary>Writes an unsigned big-endian integer of 24 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteUInt24BigEndian(ref byte origin, int offset, UInt24 value)
    {
        WriteUInt16BigEndian(ref origin, offset + 1, (ushort)(uint)value);
        WriteByte(ref origin, offset, (byte)((uint)value >> 16));
    }

    /// <summary>Writes a signed big-endian integer of 24 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteInt24BigEndian(ref byte origin, int offset, Int24 value)
        => WriteUInt24BigEndian(ref origin, offset, UInt24.FromBits((uint)(int)value));

    /// <summary>Writes a big-endian IEEE 754 number of 16 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteHalfBigEndian(ref byte origin, int offset, Half value) => WriteInt16BigEndian(ref origin, offset, BitConverter.HalfToInt16Bits(value));

    /// <summary>Writes a big-endian IEEE 754 number of 32 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteSingleBigEndian(ref byte origin, int offset, float value) => WriteInt32BigEndian(ref origin, offset, BitConverter.SingleToInt32Bits(value));

    /// <summary>Writes a big-endian IEEE 754 number of 64 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteDoubleBigEndian(ref byte origin, int offset, double value) => WriteInt64BigEndian(ref origin, offset, BitConverter.DoubleToInt64Bits(value));

    /// <summary>Writes a <see cref="Guid"/> in network byte order, as its text reads (RFC 9562).</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteGuidBigEndian(ref byte origin, int offset, Guid value)
    {
        bool isWritten = value.TryWriteBytes(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref origin, offset), GuidSize), bigEndian: true, out _);
        Debug.Assert(isWritten, "there is room for it");
    }

    /// <summary>Writes the low bytes of an integer, big-endian.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="size">Bytes of the integer, from 1 to 8, a constant.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteUnsignedBigEndian(ref byte origin, int offset, int size, ulong value)
    {
        switch (size)
        {
            case sizeof(ushort):
                WriteUInt16BigEndian(ref origin, offset, (ushort)value);
                return;
            case sizeof(uint):
                WriteUInt32BigEndian(ref origin, offset, (uint)value);
                return;
            case sizeof(ulong):
                WriteUInt64BigEndian(ref origin, offset, value);
                return;
        }

        for (int index = 0; index < size; index++)
        {
            WriteByte(ref origin, offset + size - 1 - index, (byte)value);
            value >>= 8;
        }
    }
}
