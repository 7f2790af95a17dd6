namespace QContinuum;

/// <summary>
/// A number that always has the same value: it is written whatever the member holds, and bytes that differ close the peer
/// (<see cref="CloseReason.BadHeader"/> in a header or trailer, <see cref="CloseReason.BadBody"/> in a message).
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Field | AttributeTargets.Property)]
public sealed class ConstantAttribute : Attribute
{
    /// <summary>Makes a constant.</summary>
    /// <param name="value">The value, which fits the member.</param>
    public ConstantAttribute(long value) => Value = unchecked((ulong)value);

    /// <summary>Makes a constant.</summary>
    /// <param name="value">The value, which fits the member.</param>
    public ConstantAttribute(ulong value) => Value = value;

    /// <summary>The value; a negative one is sign-extended.</summary>
    public ulong Value { get; }

    /// <summary>
    /// In a header, the value that replies have instead: where it is given, the field is a reply flag as well, and a frame may begin with either.
    /// </summary>
    public long Reply { get; init; }
}
