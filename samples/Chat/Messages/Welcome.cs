using MessagePack;
using QContinuum;

namespace Chat.Messages;

/// <summary>The nick is the client's, from now on: the answer to Hello and to Rename.</summary>
[Message(Ids.Welcome), MessagePackObject]
public sealed partial class Welcome
{
    [Key(0)]
    public string Nick { get; init; } = "";
}
