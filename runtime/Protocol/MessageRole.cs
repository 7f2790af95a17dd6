namespace QContinuum;

/// <summary>What a message is to a request, as its header says it.</summary>
[Flags]
public enum MessageRole
{
    /// <summary>A request, or a message that is neither.</summary>
    None = 0,

    /// <summary>A reply.</summary>
    Reply = 1,

    /// <summary>A fault: the reply to a request that failed.</summary>
    Fault = 2,
}
