using MessagePack;
using QContinuum;

namespace Chat.Messages;

/// <summary>Asks into a room, and out of the one before.</summary>
[Message(Ids.Join), MessagePackObject]
public sealed partial class Join
{
    [Key(0)]
    public string Room { get; init; } = "";
}
