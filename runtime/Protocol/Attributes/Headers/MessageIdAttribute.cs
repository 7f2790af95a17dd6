namespace QContinuum;

/// <summary>
/// The field of a header that tells the messages apart: an integer or enum of up to 8 bytes. Of two, the first is the high part of the id:
/// <c>first &lt;&lt; bits of the second | second</c>. A header without one frames a single kind of message, whose id is 0.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class MessageIdAttribute : Attribute
{
    /// <summary>The bits of the field that belong to the id, which stay where they are; all of them by default.</summary>
    public ulong Mask { get; init; }

    /// <summary>
    /// Whether the field is the beginning of the body: <see cref="LengthAttribute"/> counts it as such. Nothing but the trailer may follow it
    /// in the header, and a message begins behind it.
    /// </summary>
    public bool InBody { get; init; }
}
