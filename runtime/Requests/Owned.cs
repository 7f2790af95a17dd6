namespace QContinuum;

/// <summary>
/// A message kept beyond its handler: it owns a copy of its frame in pooled memory, which goes back when it is disposed of. An asynchronous
/// handler takes it instead of a view, and a request whose reply is a view completes with it.
/// </summary>
/// <typeparam name="T">The message.</typeparam>
public readonly struct Owned<T> : IDisposable
    where T : IMessage<T>, allows ref struct
{
    private readonly OwnedFrame _frame;

    internal Owned(OwnedFrame frame) => _frame = frame;

    /// <summary>The message; a view of it ends with this object.</summary>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public T Value => T.TryReadFrame(_frame.Memory, out T message)
        ? message
        : throw new InvalidOperationException("What was read once can be read again.");

    /// <summary>Reads the header that the message came with.</summary>
    /// <typeparam name="THeader">The header.</typeparam>
    /// <param name="header">The header, when the result is true.</param>
    /// <returns>False when the message came with another header.</returns>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    public bool TryReadHeader<THeader>(out THeader header)
        where THeader : struct, IHeader<THeader>
        => THeader.TryReadFrame(_frame.Memory.Span, int.MaxValue, out header, out _) == FrameStatus.Complete;

    /// <summary>Gives the memory back. Disposing twice is disposing once.</summary>
    public void Dispose() => _frame?.Dispose();
}
