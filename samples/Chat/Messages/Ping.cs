using MessagePack;
using QContinuum;

namespace Chat.Messages;

/// <summary>Says that the client is still there: a silent connection would be closed.</summary>
[Message(Ids.Ping), MessagePackObject]
public sealed partial class Ping
{
}
