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

    /// <summary>The body would be longer than the limit.</summary>
    TooLong,
}
