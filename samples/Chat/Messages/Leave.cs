using MessagePack;
using QContinuum;

namespace Chat.Messages;

/// <summary>Asks out of the room.</summary>
[Message(Ids.Leave), MessagePackObject]
public sealed partial class Leave
{
}
