namespace QContinuum;

/// <summary>
/// A part of a <c>ref struct</c> message, a <see cref="ReadOnlySpan{T}"/> of bytes or a <see cref="WireSpan{T}"/>, whose length in bytes stands
/// elsewhere: in an earlier member of the message, or in a field of its header. That number is derived when the message is sent.
/// </summary>
/// <param name="field">The name of the member or header field, an integer; a member goes before a header field of the same name.</param>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class SizedByAttribute(string field) : Attribute
{
    /// <summary>The name of the member or header field.</summary>
    public string Field { get; } = field;
}

/// <summary>
/// A <see cref="WireSpan{T}"/> of a <c>ref struct</c> message whose number of elements stands elsewhere: in an earlier member of the message, or
/// in a field of its header. That number is derived when the message is sent.
/// </summary>
/// <param name="field">The name of the member or header field, an integer; a member goes before a header field of the same name.</param>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class CountedByAttribute(string field) : Attribute
{
    /// <summary>The name of the member or header field.</summary>
    public string Field { get; } = field;
}
