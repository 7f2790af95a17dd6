namespace QContinuum;

/// <summary>
/// The field of a header that says how long the frame is: <c>CountsFrom + value × Scale + Adjust</c> bytes, the trailer not counted unless
/// <see cref="CountsTrailer"/>. An integer of 1, 2, 3, 4 or 8 bytes. It is derived when a message is sent. Where several fields carry it
/// their values add up, and the first is derived from what the others leave.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class LengthAttribute : Attribute
{
    /// <summary>
    /// The offset in the frame, in bytes, from which the value counts: 0 for the whole frame. By default the end of the header, so that the
    /// value is the length of the body; fields with <see cref="MessageIdAttribute.InBody"/> count as body.
    /// </summary>
    public int CountsFrom { get; init; }

    /// <summary>Bytes that the frame has beyond what the value says; negative where the value says too much.</summary>
    public int Adjust { get; init; }

    /// <summary>Bytes for each unit of the value, at least 1: 4 where a protocol counts words.</summary>
    public int Scale { get; init; } = 1;

    /// <summary>Whether the value counts the bytes of the trailer as well.</summary>
    public bool CountsTrailer { get; init; }
}
