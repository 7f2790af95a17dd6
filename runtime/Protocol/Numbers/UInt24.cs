using System.Globalization;

namespace QContinuum;

/// <summary>An unsigned integer of 24 bits, 3 bytes on the wire.</summary>
public readonly struct UInt24 : IEquatable<UInt24>, IFormattable
{
    private readonly uint _value;

    private UInt24(uint value) => _value = value;

    /// <summary>The least value, 0.</summary>
    public static UInt24 MinValue => new(0);

    /// <summary>The greatest value, 16 777 215.</summary>
    public static UInt24 MaxValue => new(16_777_215);

    /// <summary>The value; every one fits.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator uint(UInt24 value) => value._value;

    /// <summary>The value; an unsigned byte always fits.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator UInt24(byte value) => new(value);

    /// <summary>The value, where it fits.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="OverflowException">It does not fit 24 bits.</exception>
    public static explicit operator UInt24(int value)
        => value is >= 0 and <= 16_777_215 ? new((uint)value) : throw new OverflowException($"{value} does not fit the 24 bits of an UInt24.");

    /// <summary>The value, where it fits.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="OverflowException">It does not fit 24 bits.</exception>
    public static explicit operator UInt24(uint value)
        => value <= 16_777_215 ? new(value) : throw new OverflowException($"{value} does not fit the 24 bits of an UInt24.");

    /// <summary>Whether both are the same number.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(UInt24 left, UInt24 right) => left._value == right._value;

    /// <summary>Whether they are different numbers.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(UInt24 left, UInt24 right) => left._value != right._value;

    /// <inheritdoc/>
    public bool Equals(UInt24 other) => _value == other._value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is UInt24 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => _value.ToString(CultureInfo.CurrentCulture);

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => _value.ToString(format, formatProvider);

    /// <summary>The number of the low 24 bits, whatever stands above them.</summary>
    internal static UInt24 FromBits(uint bits) => new(bits & 0x00FF_FFFF);
}
