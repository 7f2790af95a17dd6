using MessagePack;
using QContinuum;

namespace Chat.Messages;

/// <summary>Who is in a room.</summary>
[Message(Ids.Members), MessagePackObject]
public sealed partial class Members
{
    [Key(0)]
    public string Room { get; init; } = "";

    [Key(1)]
    public string[] Nicks { get; init; } = [];
}
