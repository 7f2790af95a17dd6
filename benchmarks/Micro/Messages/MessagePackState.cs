using MessagePack;

namespace QContinuum.Benchmarks.Micro.Messages;

/// <summary>The same fields for MessagePack, by number.</summary>
[MessagePackObject]
public readonly record struct MessagePackState(
    [property: Key(0)] int Entity,
    [property: Key(1)] ushort Kind,
    [property: Key(2)] float X,
    [property: Key(3)] float Y,
    [property: Key(4)] float Z,
    [property: Key(5)] long Time,
    [property: Key(6)] double Weight,
    [property: Key(7)] byte Flags);
