using MessagePack;
using QContinuum;

namespace Chat.Messages;

/// <summary>The server is about to end.</summary>
[Message(Ids.Goodbye), MessagePackObject]
public sealed partial class Goodbye
{
}
