using MessagePack;
using QContinuum;

namespace Chat.Messages;

/// <summary>Somebody said something to one person: sent to both of them.</summary>
[Message(Ids.Told), MessagePackObject]
public sealed partial class Told
{
    [Key(0)]
    public string From { get; init; } = "";

    [Key(1)]
    public string To { get; init; } = "";

    [Key(2)]
    public string Text { get; init; } = "";

    [Key(3)]
    public DateTime Time { get; init; }
}
