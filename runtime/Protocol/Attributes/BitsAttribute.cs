namespace QContinuum;

/// <summary>
/// An integer, bool or enum that takes only some bits. Neighbours with this attribute share bytes: together they have 8, 16, 24, 32, 40, 48,
/// 56 or 64 bits, and are read as one number in the byte order of their header or message. Where the first of them stands says <see cref="BitOrder"/>.
/// </summary>
/// <param name="count">Bits of this field, from 1 to those of its type. A signed one is sign-extended.</param>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Field | AttributeTargets.Property)]
public sealed class BitsAttribute(int count) : Attribute
{
    /// <summary>Bits of this field.</summary>
    public int Count { get; } = count;
}
