namespace QContinuum;

/// <summary>A span of bytes that is text: a body in which it is not well-formed UTF-8 (RFC 3629) is refused.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class Utf8Attribute : Attribute;
