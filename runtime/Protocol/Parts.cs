using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace QContinuum.Protocol;

/// <summary>
/// The parts of a message that have any length: generated readers go through a body with these, one behind the other, and writers likewise.
/// </summary>
/// <remarks>Invariant of a reader: <c>0 ≤ at ≤ body.Length</c>, before and after every call; what is not there is refused, and nothing is read.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Parts
{
    /// <summary>Takes so many bytes.</summary>
    /// <param name="body">The body.</param>
    /// <param name="at">Where they begin; behind them afterwards.</param>
    /// <param name="count">How many units there are, as the wire says.</param>
    /// <param name="unit">Bytes of each, at least 1.</param>
    /// <param name="part">The bytes, when the result is true.</param>
    /// <returns>False when fewer are left.</returns>
    public static bool TryTake(ReadOnlySpan<byte> body, scoped ref int at, ulong count, int unit, out ReadOnlySpan<byte> part)
    {
        // By division: whatever the wire says, nothing overflows.
        if (count > (uint)((body.Length - at) / unit))
        {
            part = default;
            return false;
        }

        int length = (int)count * unit;
        part = body.Slice(at, length);
        at += length;
        return true;
    }

    /// <summary>Takes bytes whose number stands before them.</summary>
    /// <param name="body">The body.</param>
    /// <param name="at">Where the number begins; behind the bytes afterwards.</param>
    /// <param name="prefix">Bytes of the number, from 1 to 4.</param>
    /// <param name="isBigEndian">Its byte order.</param>
    /// <param name="countUnit">Bytes for each unit that the number counts.</param>
    /// <param name="part">The bytes, when the result is true.</param>
    /// <returns>False when fewer are left.</returns>
    public static bool TryTakePrefixed(ReadOnlySpan<byte> body, scoped ref int at, int prefix, bool isBigEndian, int countUnit, out ReadOnlySpan<byte> part)
    {
        int start = at;
        if (!TryTake(body, ref at, (uint)prefix, 1, out ReadOnlySpan<byte> number))
        {
            part = default;
            return false;
        }

        ref readonly byte origin = ref MemoryMarshal.GetReference(number);
        ulong count = isBigEndian ? Wire.ReadUnsignedBigEndian(in origin, 0, prefix) : Wire.ReadUnsigned(in origin, 0, prefix);
        if (TryTake(body, ref at, count, countUnit, out part))
        {
            return true;
        }

        at = start;
        return false;
    }

    /// <summary>Takes the bytes before the next zero, and the zero.</summary>
    /// <param name="body">The body.</param>
    /// <param name="at">Where they begin; behind the zero afterwards.</param>
    /// <param name="part">The bytes without the zero, when the result is true.</param>
    /// <returns>False when there is no zero.</returns>
    public static bool TryTakeTerminated(ReadOnlySpan<byte> body, scoped ref int at, out ReadOnlySpan<byte> part)
    {
        ReadOnlySpan<byte> rest = body[at..];
        int length = rest.IndexOf((byte)0);
        if (length < 0)
        {
            part = default;
            return false;
        }

        part = rest[..length];
        at += length + 1;
        return true;
    }

    /// <summary>Takes everything that is left.</summary>
    /// <param name="body">The body.</param>
    /// <param name="at">Where it begins; at the end of the body afterwards.</param>
    /// <param name="unit">Bytes of an element.</param>
    /// <param name="part">The bytes, when the result is true.</param>
    /// <returns>False when they are not a whole number of elements.</returns>
    public static bool TryTakeRest(ReadOnlySpan<byte> body, scoped ref int at, int unit, out ReadOnlySpan<byte> part)
    {
        part = body[at..];
        if (part.Length % unit != 0)
        {
            return false;
        }

        at = body.Length;
        return true;
    }

    /// <summary>Whether bytes are text.</summary>
    /// <param name="part">The bytes.</param>
    public static bool IsText(ReadOnlySpan<byte> part) => Utf8.IsValid(part);

    /// <summary>Where the next fixed members are written.</summary>
    /// <param name="body">The body.</param>
    /// <param name="at">Where they begin; behind them afterwards.</param>
    /// <param name="size">Bytes of them.</param>
    public static ref byte Reserve(Span<byte> body, scoped ref int at, int size)
    {
        Span<byte> room = body.Slice(at, size);
        at += size;
        return ref MemoryMarshal.GetReference(room);
    }

    /// <summary>Writes bytes.</summary>
    /// <param name="body">The body.</param>
    /// <param name="at">Where they go; behind them afterwards.</param>
    /// <param name="part">The bytes.</param>
    public static void Put(Span<byte> body, scoped ref int at, scoped ReadOnlySpan<byte> part)
    {
        part.CopyTo(body[at..]);
        at += part.Length;
    }

    /// <summary>Writes numbers.</summary>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="body">The body.</param>
    /// <param name="at">Where they go; behind them afterwards.</param>
    /// <param name="part">The numbers.</param>
    /// <param name="byteOrder">The byte order of each.</param>
    public static void Put<T>(Span<byte> body, scoped ref int at, scoped WireSpan<T> part, ByteOrder byteOrder)
        where T : unmanaged
    {
        part.CopyBytesTo(body.Slice(at, part.ByteLength), byteOrder);
        at += part.ByteLength;
    }

    /// <summary>Writes the number that stands before a part.</summary>
    /// <param name="body">The body.</param>
    /// <param name="at">Where it goes; behind it afterwards.</param>
    /// <param name="prefix">Bytes of the number, from 1 to 4.</param>
    /// <param name="isBigEndian">Its byte order.</param>
    /// <param name="count">The number.</param>
    /// <param name="name">The name of the part, for the text of the exception.</param>
    /// <exception cref="ArgumentException">The number does not fit.</exception>
    public static void PutPrefix(Span<byte> body, scoped ref int at, int prefix, bool isBigEndian, int count, string name)
    {
        ref byte origin = ref Reserve(body, ref at, prefix);
        ulong value = CountOf(count, (1UL << (prefix * 8)) - 1, name);
        if (isBigEndian)
        {
            Wire.WriteUnsignedBigEndian(ref origin, 0, prefix, value);
        }
        else
        {
            Wire.WriteUnsigned(ref origin, 0, prefix, value);
        }
    }

    /// <summary>Writes bytes and the zero that ends them.</summary>
    /// <param name="body">The body.</param>
    /// <param name="at">Where they go; behind the zero afterwards.</param>
    /// <param name="part">The bytes.</param>
    /// <param name="name">The name of the part, for the text of the exception.</param>
    /// <exception cref="ArgumentException">There is a zero among the bytes.</exception>
    public static void PutTerminated(Span<byte> body, scoped ref int at, scoped ReadOnlySpan<byte> part, string name)
    {
        if (part.Contains((byte)0))
        {
            throw new ArgumentException($"'{name}' has a zero byte, which would end it on the wire.");
        }

        Put(body, ref at, part);
        body[at++] = 0;
    }

    /// <summary>The number that says how long a part is.</summary>
    /// <param name="count">How long it is.</param>
    /// <param name="max">The greatest number that the wire has room for.</param>
    /// <param name="name">The name of the part, for the text of the exception.</param>
    /// <exception cref="ArgumentException">The number does not fit.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong CountOf(int count, ulong max, string name) => (ulong)count <= max ? (ulong)count : ThrowTooLong(count, max, name);

    /// <summary>The length of two parts that share a number.</summary>
    /// <param name="count">The length of one.</param>
    /// <param name="other">The length of the other.</param>
    /// <param name="name">The name of the other, for the text of the exception.</param>
    /// <exception cref="ArgumentException">They differ.</exception>
    public static int SameCount(int count, int other, string name)
        => count == other
            ? count
            : throw new ArgumentException($"'{name}' has a length of {other}, and another part of {count}; one number on the wire says both.");

    private static ulong ThrowTooLong(int count, ulong max, string name)
        => throw new ArgumentException($"'{name}' has a length of {count}, and the wire has room for {max}.");
}
