using MessagePack;

namespace QContinuum.Generator.Tests.Execution;

public enum Mood : ushort
{
    Calm = 0x0102,
    Angry = 0xFFFE,
}

[Message(1)]
public readonly partial record struct Move(int Entity, float X, float Y);

[Message(2)]
public readonly ref partial struct Blob
{
    public readonly uint Crc;

    [Tail]
    public readonly ReadOnlySpan<byte> Data;
}

[Message(3), MessagePackObject]
public sealed partial class Chat
{
    [Key(0)]
    public string Text { get; init; } = "";
}

[Message(int.MinValue)]
public readonly partial record struct Everything(
    sbyte I8, byte U8, short I16, ushort U16, int I32, uint U32, long I64, ulong U64, float F32, double F64, bool Flag, Mood Mood);

/// <summary>Fields and auto-properties, with a constructor of the user's own that takes them in another order and refuses some.</summary>
[Message(5)]
public partial struct Corner
{
    public Corner(int bottom, int left)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bottom);
        Left = left;
        Bottom = bottom;
    }

    public int Left { get; init; }

    public int Bottom;
}

[Message(-6)]
public readonly partial record struct Ping;

/// <summary>A view without a tail.</summary>
[Message(7)]
public readonly ref partial struct Pair
{
    public readonly byte First;
    public readonly long Second;
}

/// <summary>A tail alone.</summary>
[Message(8)]
public readonly ref partial struct Raw
{
    [Tail]
    public ReadOnlySpan<byte> Bytes { get; }
}

[Message(9), MessagePackObject]
public partial record struct Score
{
    [Key(0)]
    public int Points { get; set; }
}

[Message(10), MessagePackObject]
public sealed partial record Tree([property: Key(0)] Tree? Left, [property: Key(1)] Tree? Right);
