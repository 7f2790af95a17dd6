namespace QContinuum;

/// <summary>
/// The field of a header, or the bits of one, that are not zero in the reply to a request that failed: a flag, or a status. In a header with
/// a <see cref="ReplyFlagAttribute"/> it counts in replies only.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FaultAttribute : Attribute
{
    /// <summary>
    /// The bits, which are set when a fault message is sent; by default the whole field, which is then a status that the sender chooses.
    /// </summary>
    public ulong Mask { get; init; }
}
