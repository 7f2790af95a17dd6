namespace QContinuum;

/// <summary>The bytes that a checksum covers. Where it stands among them itself, its own bytes count as zero.</summary>
public enum ChecksumOver
{
    /// <summary>Everything before a field of the trailer; header and body for a field of the header.</summary>
    Default,

    /// <summary>The header.</summary>
    Header,

    /// <summary>The body.</summary>
    Body,

    /// <summary>Header and body.</summary>
    HeaderAndBody,
}
