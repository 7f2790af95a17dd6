using MessagePack;
using QContinuum;

namespace Quickstart.Messages;

/// <summary>Anything else: strings, lists, nested objects, in a MessagePack body.</summary>
[Message(3), MessagePackObject]
public sealed partial class Chat
{
    [Key(0)]
    public string Text { get; init; } = "";
}
