namespace QContinuum;

/// <summary>A copy of a frame.</summary>
internal sealed class OwnedFrame(ReadOnlySpan<byte> frame) : IDisposable
{
    private byte[]? _bytes = frame.ToArray();

    internal ReadOnlyMemory<byte> Memory => _bytes ?? throw new ObjectDisposedException(nameof(Owned<>));

    public void Dispose() => _bytes = null;
}
