namespace QContinuum.Benchmarks.Micro.Messages;

/// <summary>Eight fields, 35 bytes on the wire.</summary>
[Message(1)]
public readonly partial record struct State(int Entity, ushort Kind, float X, float Y, float Z, long Time, double Weight, byte Flags);
