using QContinuum;

namespace Echo.Messages;

/// <summary>Whatever the body holds: only a tail, so that every length is valid.</summary>
[Message(1)]
public readonly ref partial struct Bytes
{
    [Tail]
    public readonly ReadOnlySpan<byte> Data;
}
