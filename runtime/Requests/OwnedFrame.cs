using System.Buffers;

namespace QContinuum;

/// <summary>A copy of a frame in pooled memory. Any thread; disposing twice is disposing once, so that the memory is never given back twice.</summary>
internal sealed class OwnedFrame : IDisposable
{
    private readonly int _length;
    private byte[]? _bytes;

    internal OwnedFrame(ReadOnlySpan<byte> frame)
    {
        _length = frame.Length;
        _bytes = ArrayPool<byte>.Shared.Rent(frame.Length);
        frame.CopyTo(_bytes);
    }

    /// <summary>The frame.</summary>
    /// <exception cref="ObjectDisposedException">It has been given back.</exception>
    internal ReadOnlyMemory<byte> Memory
        => (Volatile.Read(ref _bytes) ?? throw new ObjectDisposedException("Owned", "The message has been disposed of.")).AsMemory(0, _length);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _bytes, null) is { } bytes)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
