namespace QContinuum;

/// <summary>The field of a header, or the bits of one, that are set in replies and clear in requests.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ReplyFlagAttribute : Attribute
{
    /// <summary>The bits, all set in a reply and all clear in a request; the whole of a bool or of a field of one bit by default.</summary>
    public ulong Mask { get; init; }
}
