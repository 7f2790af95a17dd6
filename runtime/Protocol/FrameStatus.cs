namespace QContinuum;

/// <summary>What a header says about the bytes that follow it.</summary>
public enum FrameStatus
{
    /// <summary>A whole frame is there.</summary>
    Complete,

    /// <summary>More bytes are needed.</summary>
    Incomplete,

    /// <summary>The length is negative.</summary>
    NegativeLength,

    /// <summary>The frame would be longer than the limit.</summary>
    TooLong,

    /// <summary>A constant has another value, a repeated field differs, or the length is less than the header itself takes.</summary>
    BadHeader,

    /// <summary>A checksum is wrong.</summary>
    BadChecksum,
}
