using System.Globalization;

namespace QContinuum;

/// <summary>A signed integer of 24 bits, 3 bytes on the wire.</summary>
public readonly struct Int24 : IEquatable<Int24>, IFormattable
{
    private readonly int _value;

    private Int24(int value) => _value = value;

    /// <summary>The least value, -8 388 608.</summary>
    public static Int24 MinValue => new(-8_388_608);

    /// <summary>The greatest value, 8 388 607.</summary>
    public static Int24 MaxValue => new(8_388_607);

    /// <summary>The value; every one fits.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator int(Int24 value) => value._value;

    /// <summary>The value; an unsigned byte always fits.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator Int24(byte value) => new(value);

    /// <summary>The value, where it fits.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="OverflowException">It does not fit 24 bits.</exception>
    public static explicit operator Int24(int value)
        => value is >= -8_388_608 and <= 8_388_607 ? new((int)value) : throw new OverflowException($"{value} does not fit the 24 bits of an Int24.");

    /// <summary>Whether both are the same number.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Int24 left, Int24 right) => left._value == right._value;

    /// <summary>Whether they are different numbers.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Int24 left, Int24 right) => left._value != right._value;

    /// <inheritdoc/>
    public bool Equals(Int24 other) => _value == other._value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Int24 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => _value.ToString(CultureInfo.CurrentCulture);

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => _value.ToString(format, formatProvider);

    /// <summary>The number of the low 24 bits, whatever stands above them.</summary>
    internal static Int24 FromBits(uint bits) => new((int)(bits << 8) >> 8);
}
