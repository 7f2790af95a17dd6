namespace QContinuum;

/// <summary>
/// An enum of which only declared values are accepted: a body with another one is refused. Of an enum with <see cref="FlagsAttribute"/>, every
/// combination of declared bits is accepted.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Field | AttributeTargets.Property)]
public sealed class ValidatedAttribute : Attribute;
