using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace QContinuum.Protocol;

/// <summary>
/// The unaligned loads and stores that generated readers and writers are made of. They check nothing: the generated code has compared the
/// length of the body with the size of the layout once, before the first of them.
/// </summary>
/// <remarks>
/// Invariant: <c>offset + width of the field ≤ length of the span whose first byte is origin</c>. Every caller establishes it by a single
/// comparison (<see cref="CheckRoom"/>, <see cref="CheckSize"/>, or the size test of a <c>TryRead</c>). Numbers are little-endian on the wire, but for
/// the methods that end in <c>BigEndian</c>.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Wire
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

    /// <summary>The bits of a value that has room for so many.</summary>
    /// <param name="value">The value.</param>
    /// <param name="count">Bits that there are for it.</param>
    /// <exception cref="ArgumentException">It has more.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong FitUnsigned(ulong value, int count)
    {
        if (count < 64 && value >> count != 0)
        {
            ThrowTooWide(value.ToString(CultureInfo.InvariantCulture), count);
        }

        return value;
    }

    /// <summary>The bits of a signed value that has room for so many.</summary>
    /// <param name="value">The value.</param>
    /// <param name="count">Bits that there are for it, its sign included.</param>
    /// <exception cref="ArgumentException">It has more.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong FitSigned(long value, int count)
    {
        int above = 64 - count;
        if (value << above >> above != value)
        {
            ThrowTooWide(value.ToString(CultureInfo.InvariantCulture), count);
        }

        return unchecked((ulong)(value << above)) >> above;
    }

    [DoesNotReturn]
    private static void ThrowTooWide(string value, int count)
        => throw new ArgumentException($"{value} does not fit the {count} bits that it has on the wire.");

    [DoesNotReturn]
    private static void ThrowNoRoom(int length, int size)
        => throw new ArgumentException($"The layout takes {size} bytes, and the destination has {length}.");

    [DoesNotReturn]
    private static void ThrowWrongSize(int length, int size)
        => throw new ArgumentException($"The layout takes {size} bytes, and the body has {length}.");
}
