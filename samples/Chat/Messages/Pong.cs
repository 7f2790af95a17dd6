using MessagePack;
using QContinuum;

namespace Chat.Messages;

/// <summary>The answer to a Ping: all that came before it has been handled.</summary>
[Message(Ids.Pong), MessagePackObject]
public sealed partial class Pong
{
}
