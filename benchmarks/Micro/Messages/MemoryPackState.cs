using MemoryPack;

namespace QContinuum.Benchmarks.Micro.Messages;

/// <summary>The same fields for MemoryPack, which copies the struct as it lies in memory, padding and all.</summary>
[MemoryPackable]
public readonly partial record struct MemoryPackState(int Entity, ushort Kind, float X, float Y, float Z, long Time, double Weight, byte Flags);
