namespace QContinuum;

/// <summary>
/// A number, or in a message a struct, array or fixed buffer, that is written as zero, whatever the member holds, and whose value is not looked at when
/// it is read.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Field | AttributeTargets.Property)]
public sealed class ReservedAttribute : Attribute;
