using System.Buffers;

namespace QContinuum;

/// <summary>A message bound to its header: implemented by generated code on every type with <see cref="MessageAttribute"/>.</summary>
/// <typeparam name="TSelf">The message itself.</typeparam>
public interface IMessage<TSelf>
    where TSelf : IMessage<TSelf>, allows ref struct
{
    /// <summary>The header that frames this message.</summary>
    static abstract HeaderCodec Header { get; }

    /// <summary>The id that stands in the header.</summary>
    static abstract long Id { get; }

    /// <summary>Bytes of the whole frame, header included; -1 where it is known only once the body is written (MessagePack).</summary>
    /// <param name="message">The message.</param>
    static abstract int SizeOf(scoped in TSelf message);

    /// <summary>Writes header and body; only for messages whose <see cref="SizeOf"/> is known.</summary>
    /// <param name="message">The message.</param>
    /// <param name="frame">Exactly <see cref="SizeOf"/> bytes.</param>
    /// <param name="correlation">What a header with a correlation field carries; ignored by headers without one.</param>
    static abstract void WriteFrame(scoped in TSelf message, scoped Span<byte> frame, ulong correlation);

    /// <summary>Writes the body alone.</summary>
    /// <param name="message">The message.</param>
    /// <param name="destination">Where the body goes.</param>
    static abstract void WriteBody(scoped in TSelf message, IBufferWriter<byte> destination);

    /// <summary>Reads a message from a whole body. Whatever the bytes, nothing outside <paramref name="body"/> is read.</summary>
    /// <param name="body">The body, all of it. A view keeps pointing into it.</param>
    /// <param name="message">The message, when the result is true.</param>
    /// <returns>False when the body is not this message: too short, too long, or malformed.</returns>
    static abstract bool TryRead(ReadOnlyMemory<byte> body, out TSelf message);
}

/// <summary>A message with a fixed part that is read in place: a fixed-layout struct, or a <c>ref struct</c> with a tail.</summary>
/// <typeparam name="TSelf">The message itself.</typeparam>
public interface IInPlaceMessage<TSelf> : IMessage<TSelf>
    where TSelf : IInPlaceMessage<TSelf>, allows ref struct
{
    /// <summary>Reads a message from a whole body, in place. Whatever the bytes, nothing outside <paramref name="body"/> is read.</summary>
    /// <param name="body">The body, all of it. A view keeps pointing into it.</param>
    /// <param name="message">The message, when the result is true.</param>
    /// <returns>False when the body is too short, or, without a tail, too long.</returns>
    static abstract bool TryRead(ReadOnlySpan<byte> body, out TSelf message);
}
