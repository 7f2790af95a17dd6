using MessagePack;

namespace QContinuum.Benchmarks.Micro.Messages;

/// <summary>A message with a MessagePack body.</summary>
[Message(2), MessagePackObject]
public sealed partial class Order
{
    [Key(0)]
    public long Number { get; init; }

    [Key(1)]
    public string Customer { get; init; } = "";

    [Key(2)]
    public int[] Amounts { get; init; } = [];

    [Key(3)]
    public string Note { get; init; } = "";
}
