using MessagePack;
using QContinuum;

namespace Chat.Messages;

/// <summary>Somebody wants the nick: who is still there answers with a Ping.</summary>
[Message(Ids.Knock), MessagePackObject]
public sealed partial class Knock
{
}
