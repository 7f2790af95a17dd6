using MessagePack;
using QContinuum;

namespace Chat.Messages;

/// <summary>Says something to the room.</summary>
[Message(Ids.Say), MessagePackObject]
public sealed partial class Say
{
    [Key(0)]
    public string Text { get; init; } = "";
}
