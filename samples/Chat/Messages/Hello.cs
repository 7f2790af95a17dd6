using MessagePack;
using QContinuum;

namespace Chat.Messages;

/// <summary>The first message of a client: the nick that it would like to have.</summary>
[Message(Ids.Hello), MessagePackObject]
public sealed partial class Hello
{
    [Key(0)]
    public string Nick { get; init; } = "";
}
