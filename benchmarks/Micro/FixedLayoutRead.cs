using BenchmarkDotNet.Attributes;
using MemoryPack;
using MessagePack;
using QContinuum.Benchmarks.Micro.Messages;

namespace QContinuum.Benchmarks.Micro;

/// <summary>Reads a message of eight fields out of its body, into an array of such messages.</summary>
[BenchmarkCategory("read 8 fields")]
public class FixedLayoutRead
{
    private readonly State[] _states = new State[Samples.Count];
    private readonly MemoryPackState[] _memoryPackStates = new MemoryPackState[Samples.Count];
    private readonly MessagePackState[] _messagePackStates = new MessagePackState[Samples.Count];
    private readonly byte[] _bodies;
    private readonly byte[][] _memoryPackBodies;
    private readonly byte[][] _messagePackBodies;

    public FixedLayoutRead()
    {
        var bodies = new ReusedWriter(Samples.Count * HandWrittenState.BodyBytes);
        foreach (State state in Samples.States)
        {
            MessageCodec.WriteBody(in state, bodies);
        }

        _bodies = bodies.WrittenMemory.ToArray();
        _memoryPackBodies = [.. Samples.States.Select(static state => MemoryPackSerializer.Serialize(
            new MemoryPackState(state.Entity, state.Kind, state.X, state.Y, state.Z, state.Time, state.Weight, state.Flags)))];
        _messagePackBodies = [.. Samples.States.Select(static state => MessagePackSerializer.Serialize(
            new MessagePackState(state.Entity, state.Kind, state.X, state.Y, state.Z, state.Time, state.Weight, state.Flags)))];
    }

    [Benchmark(Baseline = true, Description = "by hand", OperationsPerInvoke = Samples.Count)]
    public void ByHand()
    {
        ReadOnlySpan<byte> rest = _bodies;
        foreach (ref State state in _states.AsSpan())
        {
            if (!HandWrittenState.TryRead(rest[..HandWrittenState.BodyBytes], out state))
            {
                throw new InvalidDataException();
            }

            rest = rest[HandWrittenState.BodyBytes..];
        }
    }

    [Benchmark(Description = "toolkit", OperationsPerInvoke = Samples.Count)]
    public void Toolkit()
    {
        ReadOnlySpan<byte> rest = _bodies;
        foreach (ref State state in _states.AsSpan())
        {
            if (!MessageCodec.TryRead(rest[..HandWrittenState.BodyBytes], out state))
            {
                throw new InvalidDataException();
            }

            rest = rest[HandWrittenState.BodyBytes..];
        }
    }

    [Benchmark(Description = "MemoryPack", OperationsPerInvoke = Samples.Count)]
    public void MemoryPack()
    {
        for (int i = 0; i < Samples.Count; i++)
        {
            _memoryPackStates[i] = MemoryPackSerializer.Deserialize<MemoryPackState>(_memoryPackBodies[i]);
        }
    }

    [Benchmark(Description = "MessagePack", OperationsPerInvoke = Samples.Count)]
    public void MessagePack()
    {
        for (int i = 0; i < Samples.Count; i++)
        {
            _messagePackStates[i] = MessagePackSerializer.Deserialize<MessagePackState>(_messagePackBodies[i]);
        }
    }
}
