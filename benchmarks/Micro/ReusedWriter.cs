using System.Buffers;

namespace QContinuum.Benchmarks.Micro;

/// <summary>One array that is written over and over: what a serializer is asked for then is all that it costs.</summary>
internal sealed class ReusedWriter(int capacity) : IBufferWriter<byte>
{
    private readonly byte[] _bytes = new byte[capacity];
    private int _written;

    public int Written => _written;

    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, _written);

    public void Reset() => _written = 0;

    public void Advance(int count) => _written += count;

    public Memory<byte> GetMemory(int sizeHint = 0) => _bytes.AsMemory(_written);

    public Span<byte> GetSpan(int sizeHint = 0) => _bytes.AsSpan(_written);
}
