using QContinuum;

namespace Quickstart.Messages;

/// <summary>A fixed layout: 12 bytes on the wire, read and written in place.</summary>
[Message(1)]
public readonly partial record struct Move(int Entity, float X, float Y);
