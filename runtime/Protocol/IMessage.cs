using System.Buffers;

namespace QContinuum;

/// <summary>A message bound to its header: implemented by generated code on every type with <see cref="MessageAttribute"/>.</summary>
/// <typeparam name="TSelf">The message itself.</typeparam>
public interface IMessage<TSelf>
    where TSelf : IMessage<TSelf>, allows ref struct
{
    /// <summary>The header that frames this message.</summary>
    static abstract HeaderCodec Header { get; }

    /// <summary>The id that stands in the header; 0 for a fault, which takes that of its request.</summary>
    static abstract long Id { get; }

    /// <summary>What the message is to a request, as it was declared.</summary>
    static abstract MessageRole Role { get; }

    /// <summary>Bytes of every body, where no other is the message; -1 where bodies differ.</summary>
    static virtual int BodySize => -1;

    /// <summary>The longest body that is accepted, in bytes, where bodies differ: <see cref="MessageAttribute.MaxSize"/>.</summary>
    static virtual int MaxBody => int.MaxValue;

    /// <summary>Bytes of the whole frame, header and trailer included; -1 where it is known only once the body is written (MessagePack).</summary>
    /// <param name="message">The message.</param>
    /// <exception cref="ArgumentNullException">The message is a class, and null: there is nothing to be sent.</exception>
    static abstract int SizeOf(scoped in TSelf message);

    /// <summary>Writes the whole frame; only for messages whose <see cref="SizeOf"/> is known.</summary>
    /// <param name="message">The message.</param>
    /// <param name="frame">Exactly <see cref="SizeOf"/> bytes.</param>
    /// <param name="correlation">What a header with a correlation field carries; ignored by headers without one.</param>
    /// <exception cref="ArgumentException">The body is longer than the header can frame, or a part of it than its length can say.</exception>
    static abstract void WriteFrame(scoped in TSelf message, scoped Span<byte> frame, ulong correlation);

    /// <summary>Writes the body alone.</summary>
    /// <param name="message">The message.</param>
    /// <param name="destination">Where the body goes.</param>
    static abstract void WriteBody(scoped in TSelf message, IBufferWriter<byte> destination);

    /// <summary>Reads a message from a whole body. Whatever the bytes, nothing outside <paramref name="body"/> is read.</summary>
    /// <param name="body">The body, all of it. A view keeps pointing into it.</param>
    /// <param name="message">The message, when the result is true.</param>
    /// <returns>False when the body is not this message: too short, too long, or malformed.</returns>
    /// <exception cref="NotSupportedException">Parts of the message are sized by its header: only <see cref="TryReadFrame"/> can read it.</exception>
    static abstract bool TryRead(ReadOnlyMemory<byte> body, out TSelf message);

    /// <summary>Reads a message from a whole frame. Whatever the bytes, nothing outside <paramref name="frame"/> is read.</summary>
    /// <param name="frame">The frame, all of it. A view keeps pointing into it.</param>
    /// <param name="message">The message, when the result is true.</param>
    /// <returns>False when it is not one whole frame, or its body is not this message. The id in the header is not looked at.</returns>
    static abstract bool TryReadFrame(ReadOnlyMemory<byte> frame, out TSelf message);
}

/// <summary>A message bound to <typeparamref name="THeader"/>: what makes a wrong pair of header and message a compile error.</summary>
/// <typeparam name="TSelf">The message itself.</typeparam>
/// <typeparam name="THeader">Its header.</typeparam>
public interface IMessage<TSelf, THeader> : IMessage<TSelf>
    where TSelf : IMessage<TSelf, THeader>, allows ref struct
    where THeader : struct, IHeader<THeader>
{
    /// <summary>Makes the header of this message from one whose fields the sender chose: id, flags and sizes of parts are the message's.</summary>
    /// <param name="message">The message.</param>
    /// <param name="chosen">The fields that are kept, the correlation among them; a fault without an id keeps this one's.</param>
    /// <exception cref="ArgumentException">A part is longer than its field of the header can say.</exception>
    static abstract THeader HeaderOf(scoped in TSelf message, scoped in THeader chosen);

    /// <summary>Writes the whole frame with header fields chosen by the sender; only for messages whose size is known.</summary>
    /// <param name="message">The message.</param>
    /// <param name="chosen">As for <see cref="HeaderOf"/>.</param>
    /// <param name="frame">Exactly as many bytes as <see cref="IMessage{TSelf}.SizeOf"/> says.</param>
    /// <exception cref="ArgumentException">The body is longer than the header can frame, or a part of it than its length can say.</exception>
    static abstract void WriteFrame(scoped in TSelf message, scoped in THeader chosen, scoped Span<byte> frame);
}

/// <summary>A message that is read in place: a fixed-layout struct, or a <c>ref struct</c> whose parts need nothing of the header.</summary>
/// <typeparam name="TSelf">The message itself.</typeparam>
public interface IInPlaceMessage<TSelf> : IMessage<TSelf>
    where TSelf : IInPlaceMessage<TSelf>, allows ref struct
{
    /// <summary>Reads a message from a whole body, in place. Whatever the bytes, nothing outside <paramref name="body"/> is read.</summary>
    /// <param name="body">The body, all of it. A view keeps pointing into it.</param>
    /// <param name="message">The message, when the result is true.</param>
    /// <returns>False when the body is too short, too long, or malformed.</returns>
    static abstract bool TryRead(ReadOnlySpan<byte> body, out TSelf message);
}

/// <summary>The reader of a message of fixed layout: each member is read when it is asked for.</summary>
/// <typeparam name="TSelf">The reader itself.</typeparam>
public interface IMessageReader<TSelf>
    where TSelf : IMessageReader<TSelf>, allows ref struct
{
    /// <summary>Makes a reader of a whole body.</summary>
    /// <param name="body">The body, all of it. The reader keeps pointing into it.</param>
    /// <param name="reader">The reader, when the result is true.</param>
    /// <returns>False when the body is too short, too long, or malformed.</returns>
    static abstract bool TryRead(ReadOnlySpan<byte> body, out TSelf reader);
}

/// <summary>A <c>ref struct</c> message with parts whose sizes stand in its header.</summary>
/// <typeparam name="TSelf">The message itself.</typeparam>
/// <typeparam name="THeader">Its header.</typeparam>
public interface IHeaderSizedMessage<TSelf, THeader> : IMessage<TSelf, THeader>
    where TSelf : IHeaderSizedMessage<TSelf, THeader>, allows ref struct
    where THeader : struct, IHeader<THeader>
{
    /// <summary>Reads a message from a whole body, in place. Whatever the bytes, nothing outside <paramref name="body"/> is read.</summary>
    /// <param name="header">The header that the body came with.</param>
    /// <param name="body">The body, all of it. A view keeps pointing into it.</param>
    /// <param name="message">The message, when the result is true.</param>
    /// <returns>False when the body is too short, too long, or malformed.</returns>
    static abstract bool TryRead(scoped in THeader header, ReadOnlySpan<byte> body, out TSelf message);
}
