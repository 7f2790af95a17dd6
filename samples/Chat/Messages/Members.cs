using MessagePack;
using QContinuum;

namespace Chat.Messages;

/// <summary>Who is in a room: the answer to Who, and to a Join that is granted.</summary>
[Message(Ids.Members), MessagePackObject]
public sealed partial class Members
{
    [Key(0)]
    public string Room { get; init; } = "";

    /// <summary>The first of them, if there are very many.</summary>
    [Key(1)]
    public string[] Nicks { get; init; } = [];

    /// <summary>How many they are.</summary>
    [Key(2)]
    public int Count { get; init; }
}
