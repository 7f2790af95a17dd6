using MessagePack;

namespace QContinuum.Runtime.Tests.Support;

/// <summary>A fixed layout of 12 bytes.</summary>
[Message(1)]
public readonly partial record struct Move(int Entity, float X, float Y);

/// <summary>A fixed part of 4 bytes, and a tail.</summary>
[Message(2)]
public readonly ref partial struct Blob
{
    public readonly uint Crc;

    [Tail]
    public readonly ReadOnlySpan<byte> Data;
}

/// <summary>A MessagePack body.</summary>
[Message(3), MessagePackObject]
public sealed partial class Chat
{
    [Key(0)]
    public string Text { get; init; } = "";
}

/// <summary>A fixed layout whose handler is asynchronous.</summary>
[Message(4)]
public readonly partial record struct Ask(long Number);

/// <summary>Only a tail: every body is valid.</summary>
[Message(5)]
public readonly ref partial struct Raw
{
    [Tail]
    public readonly ReadOnlySpan<byte> Data;
}
