namespace QContinuum;

/// <summary>
/// Bits as field buses pack them, eight in a byte: the first is the least significant bit of the first byte (MODBUS Application Protocol, 6.1). They are
/// read where they lie.
/// </summary>
public readonly ref struct PackedBits
{
    private const int BitsInByte = 8;

    private readonly ReadOnlySpan<byte> _bytes;

    /// <summary>Reads bits where they lie.</summary>
    /// <param name="bytes">The bytes; they are not copied, and may be more than needed.</param>
    /// <param name="count">How many bits there are, not negative.</param>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> hold fewer.</exception>
    public PackedBits(ReadOnlySpan<byte> bytes, int count)
    {
        if (bytes.Length < BytesFor(count))
        {
            throw new ArgumentException($"{bytes.Length} bytes hold fewer than {count} bits.", nameof(bytes));
        }

        _bytes = bytes;
        Count = count;
    }

    /// <summary>How many bits there are.</summary>
    public int Count { get; }

    /// <summary>Reads a bit.</summary>
    /// <param name="index">Its index, from 0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such bit.</exception>
    public bool this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return (_bytes[index / BitsInByte] >> (index % BitsInByte) & 1) != 0;
        }
    }

    /// <summary>Bytes that so many bits take.</summary>
    /// <param name="count">How many bits there are, not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public static int BytesFor(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return (int)(((long)count + BitsInByte - 1) / BitsInByte);
    }

    /// <summary>Packs bits; those of the last byte that are left over are zero.</summary>
    /// <param name="bits">The bits.</param>
    /// <param name="destination">Where they go; at least <see cref="BytesFor"/> bytes.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public static void Pack(ReadOnlySpan<bool> bits, Span<byte> destination)
    {
        int bytes = BytesFor(bits.Length);
        if (destination.Length < bytes)
        {
            throw new ArgumentException($"{bits.Length} bits take {bytes} bytes, and the destination has {destination.Length}.", nameof(destination));
        }

        destination[..bytes].Clear();
        for (int index = 0; index < bits.Length; index++)
        {
            destination[index / BitsInByte] |= (byte)((bits[index] ? 1 : 0) << (index % BitsInByte));
        }
    }

    /// <summary>Reads all bits.</summary>
    /// <param name="destination">Where they go; at least <see cref="Count"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public void CopyTo(Span<bool> destination)
    {
        if (destination.Length < Count)
        {
            throw new ArgumentException($"There are {Count} bits, and the destination has room for {destination.Length}.", nameof(destination));
        }

        for (int index = 0; index < Count; index++)
        {
            destination[index] = this[index];
        }
    }
}
