using QContinuum;

namespace Victim;

/// <summary>Whatever the body holds.</summary>
[Message(1)]
public readonly ref partial struct Bytes
{
    [Tail]
    public readonly ReadOnlySpan<byte> Data;
}
