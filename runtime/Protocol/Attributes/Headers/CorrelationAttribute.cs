namespace QContinuum;

/// <summary>
/// The field of a header by which a reply finds its request: an integer of up to 8 bytes. With it <c>RequestAsync</c> is generated for
/// each message that has a <see cref="MessageAttribute.Reply"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class CorrelationAttribute : Attribute;
