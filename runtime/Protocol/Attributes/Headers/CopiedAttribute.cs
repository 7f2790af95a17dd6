namespace QContinuum;

/// <summary>A field of a header that a reply copies from its request, as it always does with the correlation.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class CopiedAttribute : Attribute;
