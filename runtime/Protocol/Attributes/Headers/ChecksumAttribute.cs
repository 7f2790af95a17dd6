namespace QContinuum;

/// <summary>
/// A field of a header or trailer that holds a checksum. It is computed when a message is sent; a frame that arrives with another one closes
/// its peer (<see cref="CloseReason.BadChecksum"/>) before any of it is handled.
/// </summary>
/// <param name="algorithm">How it is computed; it decides how many bytes the field has.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ChecksumAttribute(ChecksumAlgorithm algorithm) : Attribute
{
    /// <summary>How it is computed.</summary>
    public ChecksumAlgorithm Algorithm { get; } = algorithm;

    /// <summary>The bytes that it covers.</summary>
    public ChecksumOver Over { get; init; }

    /// <summary>The offset in the frame, in bytes, before which nothing is covered, whatever <see cref="Over"/> says; 0 by default.</summary>
    public int From { get; init; }
}
