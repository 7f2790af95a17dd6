using MessagePack;
using QContinuum;

namespace Chat.Messages;

/// <summary>Asks for another nick.</summary>
[Message(Ids.Rename), MessagePackObject]
public sealed partial class Rename
{
    [Key(0)]
    public string Nick { get; init; } = "";
}
