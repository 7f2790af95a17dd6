using BenchmarkDotNet.Attributes;
using MemoryPack;
using MessagePack;
using QContinuum.Benchmarks.Micro.Messages;

namespace QContinuum.Benchmarks.Micro;

/// <summary>Writes a message of eight fields: with its header, but for the serializers, which have none.</summary>
[BenchmarkCategory("write 8 fields")]
public class FixedLayoutWrite
{
    private const int MostBytes = 128;

    private readonly State[] _states = Samples.States;
    private readonly MemoryPackState[] _memoryPackStates = [.. Samples.States.Select(static state =>
        new MemoryPackState(state.Entity, state.Kind, state.X, state.Y, state.Z, state.Time, state.Weight, state.Flags))];

    private readonly MessagePackState[] _messagePackStates = [.. Samples.States.Select(static state =>
        new MessagePackState(state.Entity, state.Kind, state.X, state.Y, state.Z, state.Time, state.Weight, state.Flags))];

    private readonly byte[] _frames = new byte[Samples.Count * HandWrittenState.FrameBytes];
    private readonly ReusedWriter _writer = new(Samples.Count * MostBytes);

    [Benchmark(Baseline = true, Description = "by hand", OperationsPerInvoke = Samples.Count)]
    public void ByHand()
    {
        Span<byte> rest = _frames;
        foreach (ref readonly State state in _states.AsSpan())
        {
            HandWrittenState.WriteFrame(in state, rest[..HandWrittenState.FrameBytes]);
            rest = rest[HandWrittenState.FrameBytes..];
        }
    }

    [Benchmark(Description = "toolkit", OperationsPerInvoke = Samples.Count)]
    public void Toolkit()
    {
        Span<byte> rest = _frames;
        foreach (ref readonly State state in _states.AsSpan())
        {
            rest = rest[WriteFrame(in state, rest)..];
        }
    }

    [Benchmark(Description = "MemoryPack", OperationsPerInvoke = Samples.Count)]
    public void MemoryPack()
    {
        _writer.Reset();
        for (int i = 0; i < Samples.Count; i++)
        {
            MemoryPackSerializer.Serialize(_writer, _memoryPackStates[i]);
        }
    }

    [Benchmark(Description = "MessagePack", OperationsPerInvoke = Samples.Count)]
    public void MessagePack()
    {
        _writer.Reset();
        for (int i = 0; i < Samples.Count; i++)
        {
            MessagePackSerializer.Serialize(_writer, _messagePackStates[i]);
        }
    }

    /// <summary>What a peer does with the room that it has reserved.</summary>
    private static int WriteFrame<T>(in T message, Span<byte> rest)
        where T : struct, IMessage<T>
    {
        int size = T.SizeOf(in message);
        T.WriteFrame(in message, rest[..size], correlation: 0);
        return size;
    }
}
