namespace QContinuum;

/// <summary>
/// A message kept beyond its handler: it owns a copy of its frame in pooled memory, which goes back when it is disposed of. An asynchronous
/// handler takes it instead of a view, and a request whose reply is a view completes with it.
/// </summary>
/// <remarks>
/// The memory counts towards <see cref="PeerServerOptions.MemoryLimit"/>, as what the peer holds whose handler took it. It has one owner: of several
/// copies of this variable one is disposed of, and the others are not used any more. A Debug build of this library throws where that is not so, and
/// says what was owned; a Release build ignores a second disposal, and lets nobody read afterwards. What is never disposed of is left to the garbage
/// collector.
/// </remarks>
/// <typeparam name="T">The message.</typeparam>
public struct Owned<T> : IDisposable
    where T : IMessage<T>, allows ref struct
{
    private OwnedFrame? _frame;

    internal Owned(OwnedFrame frame) => _frame = frame;

    /// <summary>The message; a view of it ends with this object.</summary>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    /// <exception cref="InvalidOperationException">It is the default, which owns nothing.</exception>
    public readonly T Value => T.TryReadFrame(Frame.Memory, out T message)
        ? message
        : throw new InvalidOperationException("What was read once can be read again.");

    private readonly OwnedFrame Frame
        => _frame ?? throw new InvalidOperationException(
            $"Nothing is owned: this {nameof(Owned<>)} of a {typeof(T).Name} is the default of its type, and came from no handler or reply.");

    /// <summary>Reads the header that the message came with.</summary>
    /// <typeparam name="THeader">The header.</typeparam>
    /// <param name="header">The header, when the result is true.</param>
    /// <returns>False when the message came with another header.</returns>
    /// <exception cref="ObjectDisposedException">It has been disposed of.</exception>
    /// <exception cref="InvalidOperationException">It is the default, which owns nothing.</exception>
    public readonly bool TryReadHeader<THeader>(out THeader header)
        where THeader : struct, IHeader<THeader>
        => THeader.TryReadFrame(Frame.Memory.Span, int.MaxValue, out header, out _) == FrameStatus.Complete;

    /// <summary>Gives the memory back. Disposing of the same variable twice is disposing once; of a copy as well, it is a mistake.</summary>
    public void Dispose()
    {
        if (_frame is { } frame)
        {
            frame.Dispose();
            _frame = frame.Afterwards();
        }
    }
}
