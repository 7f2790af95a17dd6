namespace QContinuum;

/// <summary>
/// A member that older peers do not send: a body may end before it, and it is zero or empty then. Only other omittable members, and a
/// <see cref="TailAttribute"/>, may follow it. It is always written.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Field | AttributeTargets.Property)]
public sealed class OmittableAttribute : Attribute;
