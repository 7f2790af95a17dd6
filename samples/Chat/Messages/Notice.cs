using MessagePack;
using QContinuum;

namespace Chat.Messages;

/// <summary>Something happened to somebody in a room, who sees it too.</summary>
[Message(Ids.Notice), MessagePackObject]
public sealed partial class Notice
{
    [Key(0)]
    public string Room { get; init; } = "";

    /// <summary>To whom.</summary>
    [Key(1)]
    public string Nick { get; init; } = "";

    /// <summary>What, as the rest of a sentence that begins with the nick: "joined".</summary>
    [Key(2)]
    public string What { get; init; } = "";
}
