using System.Buffers;
using QContinuum.Protocol;

namespace QContinuum;

/// <summary>Reads and writes messages outside a connection: files, tests, other transports.</summary>
public static class MessageCodec
{
    /// <summary>Reads a fixed-layout or view message from a whole body, in place.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="body">The body, without its header. A view keeps pointing into it.</param>
    /// <param name="message">The message, when the result is true.</param>
    /// <returns>False when the body is not this message.</returns>
    public static bool TryRead<T>(ReadOnlySpan<byte> body, out T message)
        where T : IInPlaceMessage<T>, allows ref struct
        => T.TryRead(body, out message);

    /// <summary>Reads a message whose parts are sized by its header from a whole body, in place.</summary>
    /// <typeparam name="THeader">The header.</typeparam>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="header">The header that the body came with.</param>
    /// <param name="body">The body, without its header. A view keeps pointing into it.</param>
    /// <param name="message">The message, when the result is true.</param>
    /// <returns>False when the body is not this message.</returns>
    public static bool TryRead<THeader, T>(scoped in THeader header, ReadOnlySpan<byte> body, out T message)
        where THeader : struct, IHeader<THeader>
        where T : IHeaderSizedMessage<T, THeader>, allows ref struct
        => T.TryRead(in header, body, out message);

    /// <summary>Makes the reader of a message of a whole body: its members are read when they are asked for.</summary>
    /// <typeparam name="TReader">The reader, <c>Move.Reader</c> for a message <c>Move</c>.</typeparam>
    /// <param name="body">The body, without its header. The reader keeps pointing into it.</param>
    /// <param name="reader">The reader, when the result is true.</param>
    /// <returns>False when the body is not the message.</returns>
    public static bool TryReadInPlace<TReader>(ReadOnlySpan<byte> body, out TReader reader)
        where TReader : IMessageReader<TReader>, allows ref struct
        => TReader.TryRead(body, out reader);

    /// <summary>Reads a message of any kind from a whole body.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="body">The body, without its header. A view keeps pointing into it.</param>
    /// <param name="message">The message, when the result is true.</param>
    /// <returns>False when the body is not this message.</returns>
    /// <exception cref="NotSupportedException">Parts of the message are sized by its header.</exception>
    public static bool TryRead<T>(ReadOnlyMemory<byte> body, out T message)
        where T : IMessage<T>, allows ref struct
        => T.TryRead(body, out message);

    /// <summary>Reads a message of any kind from one whole frame; the id in the header is not looked at.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="frame">The frame, header and trailer included. A view keeps pointing into it.</param>
    /// <param name="message">The message, when the result is true.</param>
    /// <returns>False when it is not one whole frame, or not this message.</returns>
    public static bool TryReadFrame<T>(ReadOnlyMemory<byte> frame, out T message)
        where T : IMessage<T>, allows ref struct
        => T.TryReadFrame(frame, out message);

    /// <summary>Writes the whole frame of a message, header and trailer included.</summary>
    /// <typeparam name="THeader">Its header.</typeparam>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="header">The header; its length, its id, its constants and what the message decides are derived.</param>
    /// <param name="message">The message.</param>
    /// <param name="destination">Where the frame goes.</param>
    /// <exception cref="ArgumentException">The header cannot frame the message.</exception>
    public static void WriteFrame<THeader, T>(scoped in THeader header, scoped in T message, IBufferWriter<byte> destination)
        where THeader : struct, IHeader<THeader>
        where T : IMessage<T, THeader>, allows ref struct
    {
        ArgumentNullException.ThrowIfNull(destination);
        int size = T.SizeOf(in message);
        if (size >= 0)
        {
            T.WriteFrame(in message, in header, destination.GetSpan(size)[..size]);
            destination.Advance(size);
            return;
        }

        var body = new ArrayBufferWriter<byte>();
        T.WriteBody(in message, body);
        size = Framing.SizeOf<THeader>(body.WrittenCount);
        Span<byte> frame = destination.GetSpan(size)[..size];
        body.WrittenSpan.CopyTo(Framing.Begin(frame, T.HeaderOf(in message, in header), body.WrittenCount));
        Framing.End<THeader>(frame);
        destination.Advance(size);
    }

    /// <summary>Writes the body of a message, without its header.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="message">The message.</param>
    /// <param name="destination">Where the body goes.</param>
    public static void WriteBody<T>(scoped in T message, IBufferWriter<byte> destination)
        where T : IMessage<T>, allows ref struct
        => T.WriteBody(in message, destination);
}
