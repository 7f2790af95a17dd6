namespace QContinuum;

/// <summary>
/// A part of a <c>ref struct</c> message whose length stands before it: a <see cref="ReadOnlySpan{T}"/> of bytes or a <see cref="WireSpan{T}"/>.
/// The length is unsigned, in the byte order of the member, and derived when the message is sent.
/// </summary>
/// <param name="size">Bytes of the length: 1, 2, 3 or 4.</param>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class LengthPrefixAttribute(int size) : Attribute
{
    /// <summary>Bytes of the length.</summary>
    public int Size { get; } = size;

    /// <summary>Whether the length counts elements, not bytes.</summary>
    public bool CountsElements { get; init; }
}
