using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace QContinuum;

/// <summary>
/// Numbers of one type, one behind the other, as they lie in a buffer: each is converted when it is asked for. It is a part of a message, read
/// in place; for one that is sent it is made of an array or a span of <typeparamref name="T"/>.
/// </summary>
/// <typeparam name="T">An integer, floating-point number or enum of 1, 2, 4, 8 or 16 bytes.</typeparam>
/// <remarks>Invariant: the bytes are a whole number of elements; they need not be aligned.</remarks>
[CollectionBuilder(typeof(WireSpan), nameof(WireSpan.Create))]
public readonly ref struct WireSpan<T>
    where T : unmanaged
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly bool _isReversed;

    /// <summary>Reads numbers where they lie.</summary>
    /// <param name="bytes">The bytes; they are not copied.</param>
    /// <param name="byteOrder">The byte order of each number.</param>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> are not a whole number of elements.</exception>
    public WireSpan(ReadOnlySpan<byte> bytes, ByteOrder byteOrder)
    {
        if (bytes.Length % Unsafe.SizeOf<T>() != 0)
        {
            throw new ArgumentException($"{bytes.Length} bytes are not a whole number of {typeof(T).Name}, which has {Unsafe.SizeOf<T>()}.", nameof(bytes));
        }

        _bytes = bytes;
        _isReversed = (byteOrder == ByteOrder.LittleEndian) != BitConverter.IsLittleEndian;
    }

    private WireSpan(ReadOnlySpan<T> values) => _bytes = MemoryMarshal.AsBytes(values);

    /// <summary>How many numbers there are.</summary>
    public int Length => _bytes.Length / Unsafe.SizeOf<T>();

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _bytes.IsEmpty;

    /// <summary>Bytes on the wire.</summary>
    public int ByteLength => _bytes.Length;

    /// <summary>Reads a number.</summary>
    /// <param name="index">Its index, from 0 to <see cref="Length"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such number.</exception>
    public T this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Length);
            return At(index);
        }
    }

    /// <summary>Makes a part of a message that is sent; the values are not copied until then.</summary>
    /// <param name="values">The values.</param>
    public static implicit operator WireSpan<T>(ReadOnlySpan<T> values) => new(values);

    /// <summary>Makes a part of a message that is sent; the values are not copied until then.</summary>
    /// <param name="values">The values.</param>
    public static implicit operator WireSpan<T>(Span<T> values) => new(values);

    /// <summary>Makes a part of a message that is sent; the values are not copied until then.</summary>
    /// <param name="values">The values; null is none.</param>
    public static implicit operator WireSpan<T>(T[]? values) => new(values);

    /// <summary>Reads all numbers.</summary>
    /// <param name="destination">Where they go; at least <see cref="Length"/> elements.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public void CopyTo(Span<T> destination)
    {
        if (destination.Length < Length)
        {
            throw new ArgumentException($"There are {Length} numbers, and the destination has room for {destination.Length}.", nameof(destination));
        }

        CopyBytesTo(MemoryMarshal.AsBytes(destination), BitConverter.IsLittleEndian ? ByteOrder.LittleEndian : ByteOrder.BigEndian);
    }

    /// <summary>Reads all numbers into a new array.</summary>
    public T[] ToArray()
    {
        T[] values = new T[Length];
        CopyTo(values);
        return values;
    }

    /// <summary>Enumerates the numbers.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Writes all numbers as they stand on the wire: what generated writers call.</summary>
    /// <param name="destination">Where they go; at least <see cref="ByteLength"/> bytes.</param>
    /// <param name="byteOrder">The byte order of each number.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void CopyBytesTo(scoped Span<byte> destination, ByteOrder byteOrder)
    {
        bool isReversed = (byteOrder == ByteOrder.LittleEndian) != BitConverter.IsLittleEndian;
        if (isReversed == _isReversed || Unsafe.SizeOf<T>() == 1)
        {
            _bytes.CopyTo(destination);
            return;
        }

        for (int index = 0; index < Length; index++)
        {
            Unsafe.WriteUnaligned(ref destination[index * Unsafe.SizeOf<T>()], Reverse(Unsafe.ReadUnaligned<T>(in _bytes[index * Unsafe.SizeOf<T>()])));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Reverse(T value)
    {
        switch (Unsafe.SizeOf<T>())
        {
            case 2:
                return Unsafe.BitCast<ushort, T>(BinaryPrimitives.ReverseEndianness(Unsafe.BitCast<T, ushort>(value)));
            case 4:
                return Unsafe.BitCast<uint, T>(BinaryPrimitives.ReverseEndianness(Unsafe.BitCast<T, uint>(value)));
            case 8:
                return Unsafe.BitCast<ulong, T>(BinaryPrimitives.ReverseEndianness(Unsafe.BitCast<T, ulong>(value)));
            case 16:
                return Unsafe.BitCast<UInt128, T>(BinaryPrimitives.ReverseEndianness(Unsafe.BitCast<T, UInt128>(value)));
            default:
                Debug.Assert(Unsafe.SizeOf<T>() == 1, "a number has 1, 2, 4, 8 or 16 bytes");
                return value;
        }
    }

    private T At(int index)
    {
        T value = Unsafe.ReadUnaligned<T>(in Unsafe.Add(ref MemoryMarshal.GetReference(_bytes), index * Unsafe.SizeOf<T>()));
        return _isReversed ? Reverse(value) : value;
    }

    /// <summary>Enumerates the numbers of a <see cref="WireSpan{T}"/>.</summary>
    public ref struct Enumerator
    {
        private readonly WireSpan<T> _span;
        private int _index;

        internal Enumerator(WireSpan<T> span)
        {
            _span = span;
            _index = -1;
        }

        /// <summary>The number read last.</summary>
        public readonly T Current => _span.At(_index);

        /// <summary>Goes to the next number.</summary>
        /// <returns>Whether there is one.</returns>
        public bool MoveNext() => ++_index < _span.Length;
    }
}

/// <summary>Makes a <see cref="WireSpan{T}"/> of a collection expression.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WireSpan
{
    /// <summary>Makes a part of a message that is sent.</summary>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="values">The numbers; they are not copied.</param>
    public static WireSpan<T> Create<T>(ReadOnlySpan<T> values)
        where T : unmanaged
        => values;
}
