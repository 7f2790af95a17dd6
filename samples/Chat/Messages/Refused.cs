using MessagePack;
using QContinuum;

namespace Chat.Messages;

/// <summary>What was asked for is not done.</summary>
[Message(Ids.Refused), MessagePackObject]
public sealed partial class Refused
{
    [Key(0)]
    public string Reason { get; init; } = "";
}
