using MessagePack;
using QContinuum;

namespace Chat.Messages;

/// <summary>Somebody said something in a room.</summary>
[Message(Ids.Said), MessagePackObject]
public sealed partial class Said
{
    [Key(0)]
    public string Room { get; init; } = "";

    [Key(1)]
    public string From { get; init; } = "";

    [Key(2)]
    public string Text { get; init; } = "";

    [Key(3)]
    public DateTime Time { get; init; }
}
