using QContinuum.Pulling;

namespace QContinuum;

/// <summary>A frame as <see cref="Peer.ReadAllAsync"/> gives it. What it shows is valid until the next one is asked for.</summary>
public readonly struct ReceivedFrame
{
    private readonly PullReader _reader;
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly HeaderCodec _codec;
    private readonly int _bodyStart;
    private readonly int _number;

    internal ReceivedFrame(PullReader reader, int number, ReadOnlyMemory<byte> bytes, HeaderCodec codec, long id, MessageRole role, int bodyStart, int bodyLength)
    {
        _reader = reader;
        _number = number;
        _bytes = bytes;
        _codec = codec;
        _bodyStart = bodyStart;
        Id = id;
        Role = role;
        BodyLength = bodyLength;
    }

    /// <summary>The id of the message; 0 where the header has none.</summary>
    public long Id { get; }

    /// <summary>What the header says that it is to a request.</summary>
    public MessageRole Role { get; }

    /// <summary>Bytes of the body.</summary>
    public int BodyLength { get; }

    /// <summary>Whether the body arrives in pieces (<see cref="PullProcessor{THeader}.StreamOver"/>): only <see cref="ReadBodyAsync"/> gives it then.</summary>
    public bool IsStreamed => _bytes.Length == _bodyStart && BodyLength > 0;

    /// <summary>The whole body.</summary>
    /// <exception cref="InvalidOperationException">It arrives in pieces.</exception>
    public ReadOnlyMemory<byte> Body => IsStreamed
        ? throw new InvalidOperationException($"A body of {BodyLength} bytes arrives in pieces: {nameof(ReadBodyAsync)} gives them.")
        : _bytes.Slice(_bodyStart, BodyLength);

    /// <summary>Reads the header.</summary>
    /// <typeparam name="THeader">The header of the processor.</typeparam>
    /// <exception cref="InvalidOperationException">The processor has another header.</exception>
    public THeader Header<THeader>()
        where THeader : struct, IHeader<THeader>
    {
        if (THeader.Codec != _codec)
        {
            throw new InvalidOperationException($"The frame has the header {_codec.Name}, not {THeader.Codec.Name}.");
        }

        _ = THeader.TryReadFrame(_bytes.Span, int.MaxValue, out THeader header, out _);
        return header;
    }

    /// <summary>Reads the message, if it is this one: a view keeps pointing into the frame.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="message">The message, when the result is true.</param>
    /// <returns>
    /// False when the id is that of another message, or the header says that it is a reply, or a fault, and this message is none, or the other way round; when the body is not this
    /// message, is longer than it may be (<see cref="MessageAttribute.MaxSize"/>), or arrives in pieces.
    /// </returns>
    public bool TryRead<T>(out T message)
        where T : IMessage<T>, allows ref struct
    {
        if (T.Header == _codec && !IsStreamed && _codec.KindOf(Role) is var kind && _codec.KindOf(T.Role) == kind

            // A fault may have no id of its own.
            && (T.Id == Id || (kind == MessageRole.Fault && T.Id == 0))
            && BodyLength <= T.MaxBody)
        {
            return T.TryReadFrame(_bytes, out message);
        }

        message = default!;
        return false;
    }

    /// <summary>
    /// The next piece of the body as it arrives, or all of it where it is whole; empty at the end. Each is valid until the next is asked for, and while it is not asked for, the
    /// peer is not read. What is not read of a body is skipped.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="InvalidOperationException">
    /// The next frame has been asked for; or an earlier call has not ended; or this is none of <see cref="Peer.ReadAllAsync"/>.
    /// </exception>
    /// <exception cref="PeerClosedException">The peer closed before the body was whole.</exception>
    /// <exception cref="OperationCanceledException">The waiting was ended. What comes afterwards is given by the next call.</exception>
    public ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync(CancellationToken cancellationToken = default)
        => _reader is { } reader
            ? reader.ReadBodyAsync(_number, cancellationToken)
            : throw new InvalidOperationException($"This is no frame: {nameof(Peer)}.{nameof(Peer.ReadAllAsync)} gives them.");
}
