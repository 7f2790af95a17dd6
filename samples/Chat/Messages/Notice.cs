using MessagePack;
using QContinuum;

namespace Chat.Messages;

/// <summary>Something happened in a room: who came, who left, who has another nick.</summary>
[Message(Ids.Notice), MessagePackObject]
public sealed partial class Notice
{
    [Key(0)]
    public string Room { get; init; } = "";

    [Key(1)]
    public string Text { get; init; } = "";
}
