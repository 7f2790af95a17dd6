namespace QContinuum;

/// <summary>The other side answered a request with a fault.</summary>
public sealed class ReplyFaultException : Exception
{
    private readonly byte[] _frame;

    internal ReplyFaultException(string message, long id, ReadOnlySpan<byte> frame)
        : base(message)
    {
        Id = id;
        _frame = frame.ToArray();
    }

    /// <summary>The id in the header of the fault.</summary>
    public long Id { get; }

    /// <summary>Reads the fault.</summary>
    /// <typeparam name="T">The message, bound to the header that the fault came with.</typeparam>
    /// <param name="message">The message, when the result is true. A view points into memory of this exception.</param>
    /// <returns>False when the body of the fault is not this message.</returns>
    public bool TryRead<T>(out T message)
        where T : IMessage<T>, allows ref struct
        => T.TryReadFrame(_frame, out message);

    /// <summary>Reads the header of the fault.</summary>
    /// <typeparam name="THeader">The header that the fault came with.</typeparam>
    /// <param name="header">The header, when the result is true.</param>
    /// <returns>False when the fault came with another header.</returns>
    public bool TryReadHeader<THeader>(out THeader header)
        where THeader : struct, IHeader<THeader>
        => THeader.TryReadFrame(_frame, int.MaxValue, out header, out _) == FrameStatus.Complete;
}
