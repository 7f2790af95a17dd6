using MessagePack;
using QContinuum;

namespace Chat.Messages;

/// <summary>Says something to one person.</summary>
[Message(Ids.Tell), MessagePackObject]
public sealed partial class Tell
{
    [Key(0)]
    public string To { get; init; } = "";

    [Key(1)]
    public string Text { get; init; } = "";
}
