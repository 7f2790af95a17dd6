using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace QContinuum.Protocol;

/// <content>Loads of bytes, and of little-endian numbers.</content>
public static partial class Wire
{
    private const int GuidSize = 16;

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

    /// <summary>Reads a signed little-endian integer of 128 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int128 ReadInt128(ref readonly byte origin, int offset)
    {
        Int128 value = Unsafe.ReadUnaligned<Int128>(in Unsafe.Add(ref Unsafe.AsRef(in origin), offset));
        return BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
    }

    /// <summary>Reads an unsigned little-endian integer of 128 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt128 ReadUInt128(ref readonly byte origin, int offset)
    {
        UInt128 value = Unsafe.ReadUnaligned<UInt128>(in Unsafe.Add(ref Unsafe.AsRef(in origin), offset));
        return BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
    }

    /// <summary>Reads an unsigned little-endian integer of 24 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt24 ReadUInt24(ref readonly byte origin, int offset)
        => UInt24.FromBits(ReadUInt16(in origin, offset) | (uint)(ReadByte(in origin, offset + 2) << 16));

    /// <summary>Reads an unsigned little-endian integer of 24 bits in a single load, where the layout has a byte beside it.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="size">Bytes of the layout, a constant: all of them may be read.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt24 ReadUInt24(ref readonly byte origin, int offset, int size)
        => offset + 4 <= size ? UInt24.FromBits(ReadUInt32(in origin, offset))
            : offset > 0 ? UInt24.FromBits(ReadUInt32(in origin, offset - 1) >> 8)
            : ReadUInt24(in origin, offset);

    /// <summary>Reads a signed little-endian integer of 24 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int24 ReadInt24(ref readonly byte origin, int offset)
        => Int24.FromBits(ReadUInt24(in origin, offset));

    /// <summary>Reads a signed little-endian integer of 24 bits in a single load, where the layout has a byte beside it.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="size">Bytes of the layout, a constant: all of them may be read.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int24 ReadInt24(ref readonly byte origin, int offset, int size)
        => Int24.FromBits(ReadUInt24(in origin, offset, size));

    /// <summary>Reads a little-endian IEEE 754 number of 16 bits.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Half ReadHalf(ref readonly byte origin, int offset) => BitConverter.Int16BitsToHalf(ReadInt16(in origin, offset));

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

    /// <summary>Reads a <see cref="Guid"/> as Windows lays it out: the first three groups little-endian, the rest as its text reads.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Guid ReadGuid(ref readonly byte origin, int offset)
        => new(MemoryMarshal.CreateReadOnlySpan(in Unsafe.Add(ref Unsafe.AsRef(in origin), offset), GuidSize), bigEndian: false);

    /// <summary>Reads an unsigned little-endian integer of 1 to 8 bytes.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="size">Bytes of the integer, a constant.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ReadUnsigned(ref readonly byte origin, int offset, int size)
    {
        // Of a size that machines have: one load.
        switch (size)
        {
            case sizeof(ushort):
                return ReadUInt16(in origin, offset);
            case sizeof(uint):
                return ReadUInt32(in origin, offset);
            case sizeof(ulong):
                return ReadUInt64(in origin, offset);
        }

        ulong value = 0;
        for (int index = 0; index < size; index++)
        {
            value = (value << 8) | ReadByte(in origin, offset + size - 1 - index);
        }

        return value;
    }
}
