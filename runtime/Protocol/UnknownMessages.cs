namespace QContinuum;

/// <summary>What becomes of a message that no handler takes, where a processor has no <see cref="UnhandledAttribute"/> method.</summary>
public enum UnknownMessages
{
    /// <summary>It closes its peer (<see cref="CloseReason.UnknownMessage"/>).</summary>
    Close,

    /// <summary>It is skipped.</summary>
    Skip,
}
