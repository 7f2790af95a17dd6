namespace QContinuum;

/// <summary>Makes a message, or a single member or header field, big-endian, whatever its header or message says.</summary>
[AttributeUsage(AttributeTargets.Struct | AttributeTargets.Parameter | AttributeTargets.Field | AttributeTargets.Property)]
public sealed class BigEndianAttribute : Attribute;

/// <summary>Makes a message, or a single member or header field, little-endian, whatever its header or message says.</summary>
[AttributeUsage(AttributeTargets.Struct | AttributeTargets.Parameter | AttributeTargets.Field | AttributeTargets.Property)]
public sealed class LittleEndianAttribute : Attribute;
