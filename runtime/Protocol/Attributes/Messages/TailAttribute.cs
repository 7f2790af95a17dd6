namespace QContinuum;

/// <summary>
/// Marks the last field of a <c>ref struct</c> message, a <see cref="ReadOnlySpan{T}"/> of bytes or a <see cref="WireSpan{T}"/>: everything in the
/// body after the other members. When a message is received the span is the receive buffer itself, valid until the handler returns.
/// </summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class TailAttribute : Attribute;
