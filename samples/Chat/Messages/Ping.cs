using MessagePack;
using QContinuum;

namespace Chat.Messages;

/// <summary>Says that the client is still there, and asks whether all that came before has been handled.</summary>
[Message(Ids.Ping), MessagePackObject]
public sealed partial class Ping
{
}
