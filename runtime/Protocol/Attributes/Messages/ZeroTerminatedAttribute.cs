namespace QContinuum;

/// <summary>
/// A part of a <c>ref struct</c> message that ends before the next zero byte: a <see cref="ReadOnlySpan{T}"/> of bytes, the zero not included.
/// A body without that zero is refused, and so is sending a value that has one.
/// </summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class ZeroTerminatedAttribute : Attribute;
