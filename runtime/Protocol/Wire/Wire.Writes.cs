using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace QContinuum.Protocol;

/// <content>Stores of bytes, and of little-endian numbers.</content>
public static partial class Wire
{
    /// <summary>Writes a byte.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteByte(ref byte origin, int offset, byte value) => Unsafe.Add(ref origin, offset) = value;

    /// <summary>Writes a signed byte.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteSByte(ref byte origin, int offset, sbyte value) => WriteByte(ref origin, offset, (byte)value);

    /// <summary>Writes a boolean as one byte, 1 or 0.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteBoolean(ref byte origin, int offset, bool value) => WriteByte(ref origin, offset, value ? (byte)1 : (byte)0);

    /// <summary>Writes a signed little-endian integer of 16 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteInt16(ref byte origin, int offset, short value)
        => Unsafe.WriteUnaligned(ref Unsafe.Add(ref origin, offset), BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));

    /// <summary>Writes an unsigned little-endian integer of 16 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteUInt16(ref byte origin, int offset, ushort value)
        => Unsafe.WriteUnaligned(ref Unsafe.Add(ref origin, offset), BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));

    /// <summary>Writes a signed little-endian integer of 32 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteInt32(ref byte origin, int offset, int value)
        => Unsafe.WriteUnaligned(ref Unsafe.Add(ref origin, offset), BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));

    /// <summary>Writes an unsigned little-endian integer of 32 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteUInt32(ref byte origin, int offset, uint value)
        => Unsafe.WriteUnaligned(ref Unsafe.Add(ref origin, offset), BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));

    /// <summary>Writes a signed little-endian integer of 64 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteInt64(ref byte origin, int offset, long value)
        => Unsafe.WriteUnaligned(ref Unsafe.Add(ref origin, offset), BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));

    /// <summary>Writes an unsigned little-endian integer of 64 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteUInt64(ref byte origin, int offset, ulong value)
        => Unsafe.WriteUnaligned(ref Unsafe.Add(ref origin, offset), BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));

    /// <summary>Writes a signed little-endian integer of 128 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteInt128(ref byte origin, int offset, Int128 value)
        => Unsafe.WriteUnaligned(ref Unsafe.Add(ref origin, offset), BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));

    /// <summary>Writes an unsigned little-endian integer of 128 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteUInt128(ref byte origin, int offset, UInt128 value)
        => Unsafe.WriteUnaligned(ref Unsafe.Add(ref origin, offset), BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));

    /// <summary>Writes an unsigned little-endian integer of 24 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteUInt24(ref byte origin, int offset, UInt24 value)
    {
        WriteUInt16(ref origin, offset, (ushort)(uint)value);
        WriteByte(ref origin, offset + 2, (byte)((uint)value >> 16));
    }

    /// <summary>Writes a signed little-endian integer of 24 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteInt24(ref byte origin, int offset, Int24 value)
        => WriteUInt24(ref origin, offset, UInt24.FromBits((uint)(int)value));

    /// <summary>Writes a little-endian IEEE 754 number of 16 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteHalf(ref byte origin, int offset, Half value) => WriteInt16(ref origin, offset, BitConverter.HalfToInt16Bits(value));

    /// <summary>Writes a little-endian IEEE 754 number of 32 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteSingle(ref byte origin, int offset, float value) => WriteInt32(ref origin, offset, BitConverter.SingleToInt32Bits(value));

    /// <summary>Writes a little-endian IEEE 754 number of 64 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteDouble(ref byte origin, int offset, double value) => WriteInt64(ref origin, offset, BitConverter.DoubleToInt64Bits(value));

    /// <summary>Writes a <see cref="Guid"/> as Windows lays it out: the first three groups little-endian, the rest as its text reads.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteGuid(ref byte origin, int offset, Guid value)
    {
        bool isWritten = value.TryWriteBytes(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref origin, offset), GuidSize), bigEndian: false, out _);
        Debug.Assert(isWritten, "there is room for it");
    }

    /// <summary>Writes the low bytes of an integer, little-endian.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="size">Bytes of the integer, from 1 to 8, a constant.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteUnsigned(ref byte origin, int offset, int size, ulong value)
    {
        switch (size)
        {
            case sizeof(ushort):
                WriteUInt16(ref origin, offset, (ushort)value);
                return;
            case sizeof(uint):
                WriteUInt32(ref origin, offset, (uint)value);
                return;
            case sizeof(ulong):
                WriteUInt64(ref origin, offset, value);
                return;
        }

        for (int index = 0; index < size; index++)
        {
            WriteByte(ref origin, offset + index, (byte)value);
            value >>= 8;
        }
    }
}
