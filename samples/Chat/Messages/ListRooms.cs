using MessagePack;
using QContinuum;

namespace Chat.Messages;

/// <summary>Asks which rooms there are.</summary>
[Message(Ids.ListRooms), MessagePackObject]
public sealed partial class ListRooms
{
}
