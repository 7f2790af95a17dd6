using MessagePack;
using QContinuum;

namespace Chat.Messages;

/// <summary>Which rooms there are.</summary>
[Message(Ids.RoomList), MessagePackObject]
public sealed partial class RoomList
{
    [Key(0)]
    public string[] Rooms { get; init; } = [];
}
