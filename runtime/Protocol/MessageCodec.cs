using System.Buffers;

namespace QContinuum;

/// <summary>Reads and writes messages outside a connection: files, tests, other transports.</summary>
public static class MessageCodec
{
    /// <summary>Reads a fixed-layout or tail message from a whole body, in place.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="body">The body, without its header. A tail keeps pointing into it.</param>
    /// <param name="message">The message, when the result is true.</param>
    /// <returns>False when the body is not this message.</returns>
    public static bool TryRead<T>(ReadOnlySpan<byte> body, out T message)
        where T : IInPlaceMessage<T>, allows ref struct
        => T.TryRead(body, out message);

    /// <summary>Reads a message of any kind from a whole body.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="body">The body, without its header. A tail keeps pointing into it.</param>
    /// <param name="message">The message, when the result is true.</param>
    /// <returns>False when the body is not this message.</returns>
    public static bool TryRead<T>(ReadOnlyMemory<byte> body, out T message)
        where T : IMessage<T>, allows ref struct
        => T.TryRead(body, out message);

    /// <summary>Writes the body of a message, without its header.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="message">The message.</param>
    /// <param name="destination">Where the body goes.</param>
    public static void WriteBody<T>(scoped in T message, IBufferWriter<byte> destination)
        where T : IMessage<T>, allows ref struct
        => T.WriteBody(in message, destination);
}
