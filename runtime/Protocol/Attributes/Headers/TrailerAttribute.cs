namespace QContinuum;

/// <summary>A field that stands behind the body. The fields of a trailer are the last of their header, in the order of the wire.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TrailerAttribute : Attribute;
