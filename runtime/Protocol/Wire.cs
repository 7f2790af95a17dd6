using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace QContinuum.Protocol;

/// <summary>
/// The unaligned loads and stores that generated readers and writers are made of. They check nothing: the generated code has compared the
/// length of the body with the size of the layout once, before the first of them.
/// </summary>
/// <remarks>
/// Invariant: <c>offset + width of the field ≤ length of the span whose first byte is origin</c>. Every caller establishes it by a single
/// comparison (<see cref="CheckRoom"/>, <see cref="CheckSize"/>, or the size test of a <c>TryRead</c>). All numbers are little-endian on the wire.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Wire
{
    /// <summary>Throws unless <paramref name="destination"/> has room for <paramref name="size"/> bytes: the one check of a writer.</summary>
    /// <param name="destination">Where a layout is about to be written.</param>
    /// <param name="size">Bytes of the layout.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CheckRoom(scoped ReadOnlySpan<byte> destination, int size)
    {
        if (destination.Length < size)
        {
            ThrowNoRoom(destination.Length, size);
        }
    }

    /// <summary>Throws unless <paramref name="body"/> has exactly <paramref name="size"/> bytes: the one check of a reader.</summary>
    /// <param name="body">A whole body.</param>
    /// <param name="size">Bytes of the layout.</param>
    /// <exception cref="ArgumentException"><paramref name="body"/> is shorter or longer.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CheckSize(scoped ReadOnlySpan<byte> body, int size)
    {
        if (body.Length != size)
        {
            ThrowWrongSize(body.Length, size);
        }
    }

    /// <summary>Reads a byte.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte ReadByte(ref readonly byte origin, int offset) => Unsafe.Add(ref Unsafe.AsRef(in origin), offset);

    /// <summary>Reads a signed byte.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static sbyte ReadSByte(ref readonly byte origin, int offset) => (sbyte)ReadByte(in origin, offset);

    /// <summary>Reads a byte as a boolean: zero is false, every other value is true, so that no byte makes an invalid <see cref="bool"/>.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool ReadBoolean(ref readonly byte origin, int offset) => ReadByte(in origin, offset) != 0;

    /// <summary>Reads a signed little-endian integer of 16 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static short ReadInt16(ref readonly byte origin, int offset)
    {
        short value = Unsafe.ReadUnaligned<short>(in Unsafe.Add(ref Unsafe.AsRef(in origin), offset));
        return BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
    }

    /// <summary>Reads an unsigned little-endian integer of 16 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort ReadUInt16(ref readonly byte origin, int offset)
    {
        ushort value = Unsafe.ReadUnaligned<ushort>(in Unsafe.Add(ref Unsafe.AsRef(in origin), offset));
        return BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
    }

    /// <summary>Reads a signed little-endian integer of 32 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ReadInt32(ref readonly byte origin, int offset)
    {
        int value = Unsafe.ReadUnaligned<int>(in Unsafe.Add(ref Unsafe.AsRef(in origin), offset));
        return BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
    }

    /// <summary>Reads an unsigned little-endian integer of 32 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint ReadUInt32(ref readonly byte origin, int offset)
    {
        uint value = Unsafe.ReadUnaligned<uint>(in Unsafe.Add(ref Unsafe.AsRef(in origin), offset));
        return BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
    }

    /// <summary>Reads a signed little-endian integer of 64 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long ReadInt64(ref readonly byte origin, int offset)
    {
        long value = Unsafe.ReadUnaligned<long>(in Unsafe.Add(ref Unsafe.AsRef(in origin), offset));
        return BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
    }

    /// <summary>Reads an unsigned little-endian integer of 64 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ReadUInt64(ref readonly byte origin, int offset)
    {
        ulong value = Unsafe.ReadUnaligned<ulong>(in Unsafe.Add(ref Unsafe.AsRef(in origin), offset));
        return BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
    }

    /// <summary>Reads a little-endian IEEE 754 number of 32 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ReadSingle(ref readonly byte origin, int offset) => BitConverter.Int32BitsToSingle(ReadInt32(in origin, offset));

    /// <summary>Reads a little-endian IEEE 754 number of 64 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ReadDouble(ref readonly byte origin, int offset) => BitConverter.Int64BitsToDouble(ReadInt64(in origin, offset));

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

    [DoesNotReturn]
    private static void ThrowNoRoom(int length, int size)
        => throw new ArgumentException($"The layout takes {size} bytes, and the destination has {length}.");

    [DoesNotReturn]
    private static void ThrowWrongSize(int length, int size)
        => throw new ArgumentException($"The layout takes {size} bytes, and the body has {length}.");
}
