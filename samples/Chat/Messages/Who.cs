using MessagePack;
using QContinuum;

namespace Chat.Messages;

/// <summary>Asks who is in the room.</summary>
[Message(Ids.Who), MessagePackObject]
public sealed partial class Who
{
}
