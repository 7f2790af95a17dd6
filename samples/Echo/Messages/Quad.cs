using QContinuum;

namespace Echo.Messages;

/// <summary>Four numbers in a fixed layout of 32 bytes.</summary>
[Message(2)]
public readonly partial record struct Quad(long A, long B, long C, long D);
