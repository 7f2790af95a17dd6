using QContinuum;

namespace Quickstart.Messages;

/// <summary>A fixed part and a tail. The tail is the receive buffer itself: a ref struct, so that it cannot outlive it.</summary>
[Message(2)]
public readonly ref partial struct Blob
{
    public readonly uint Sum;

    [Tail]
    public readonly ReadOnlySpan<byte> Data;
}
