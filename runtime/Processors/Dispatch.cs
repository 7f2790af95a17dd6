using System.ComponentModel;
using System.Runtime.CompilerServices;
using QContinuum.Buffers;

namespace QContinuum.Protocol;

/// <summary>What a generated receive loop tells the runtime. Every member is called on the peer's lane.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Dispatch
{
    /// <summary>Whether the receive loop must return: the peer closes, or an asynchronous handler holds its lane.</summary>
    /// <param name="peer">The peer whose message has just been handled.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsInterrupted(Peer peer) => peer.IsInterruptedAfterMessage();

    /// <summary>Ends a receive loop that found no further whole frame: notes what the next one needs, or closes the peer.</summary>
    /// <typeparam name="THeader">The header.</typeparam>
    /// <param name="peer">The peer.</param>
    /// <param name="status">Why there is no frame.</param>
    /// <param name="header">The header, as far as it is there: for the log.</param>
    /// <param name="extent">The frame, while it is incomplete.</param>
    /// <param name="consumed">Bytes consumed so far.</param>
    /// <returns><paramref name="consumed"/>.</returns>
    public static int Stop<THeader>(Peer peer, FrameStatus status, in THeader header, FrameExtent extent, int consumed)
        where THeader : struct, IHeader<THeader>
    {
        switch (status)
        {
            case FrameStatus.Incomplete when extent.BodyStart > 0 && peer.Processor.Refuses(peer, in header, extent.BodyLength):
                break;
            case FrameStatus.Incomplete when extent.Length > PartialFrame.Longest:
                peer.Fail(CloseReason.TooLong, $"a header claims a frame of more than {PartialFrame.Longest} bytes: {header}");
                break;
            case FrameStatus.Incomplete:
                peer.NeedBytes(extent.Length);
                break;
            case FrameStatus.NegativeLength:
                peer.Fail(CloseReason.NegativeLength, $"a header claims a negative length: {header}");
                break;
            case FrameStatus.TooLong:
                peer.Fail(CloseReason.TooLong, $"a header claims a body of more than {Math.Min(peer.MaxMessageSize, THeader.MaxBody)} bytes: {header}");
                break;
            case FrameStatus.BadHeader:
                peer.Fail(CloseReason.BadHeader, $"a constant, a repeated field or a length that is too short: {header}");
                break;
            case FrameStatus.BadChecksum:
                peer.Fail(CloseReason.BadChecksum, $"the checksum of a frame is wrong: {header}");
                break;
        }

        return consumed;
    }

    /// <summary>Closes a peer whose header claims a longer body than its message may have.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="message">The name of the message, for the log.</param>
    /// <param name="length">Bytes of the body.</param>
    /// <param name="maxSize">The longest body that the message may have, in bytes.</param>
    /// <param name="consumed">Bytes consumed so far.</param>
    /// <returns><paramref name="consumed"/>.</returns>
    public static int TooLong(Peer peer, string message, int length, int maxSize, int consumed)
    {
        peer.Fail(CloseReason.TooLong, $"a header claims a body of {length} bytes, and a {message} has at most {maxSize}");
        return consumed;
    }

    /// <summary>Gives a message that no declared handler takes to one that was added: <see cref="Processor.Handle{TMessage}"/>.</summary>
    /// <typeparam name="THeader">The header.</typeparam>
    /// <param name="processor">The processor.</param>
    /// <param name="peer">The peer.</param>
    /// <param name="header">The header of the frame.</param>
    /// <param name="frame">The whole frame.</param>
    /// <returns>False when there is none for it.</returns>
    public static bool TryHandle<THeader>(Processor processor, Peer peer, in THeader header, ReadOnlyMemory<byte> frame)
        where THeader : struct, IHeader<THeader>
    {
        ArgumentNullException.ThrowIfNull(processor);
        return processor.TryHandle(peer, in header, frame);
    }

    /// <summary>Closes a peer that sent an id which the processor does not take.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="id">The id.</param>
    /// <param name="role">What its header says that it is.</param>
    /// <param name="consumed">Bytes consumed so far.</param>
    /// <returns><paramref name="consumed"/>.</returns>
    public static int Unknown(Peer peer, long id, MessageRole role, int consumed)
    {
        string what = (role & MessageRole.Fault) != 0 ? "a fault with" : (role & MessageRole.Reply) != 0 ? "a reply with" : "message";
        peer.Fail(CloseReason.UnknownMessage, $"no handler takes {what} id {id}, and the processor has no [Unhandled] method");
        return consumed;
    }

    /// <summary>Closes a peer whose body is not the message that its id declares.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="id">The id.</param>
    /// <param name="message">The name of the message, for the log.</param>
    /// <param name="length">Bytes of the body.</param>
    /// <param name="consumed">Bytes consumed so far.</param>
    /// <returns><paramref name="consumed"/>.</returns>
    public static int BadBody(Peer peer, long id, string message, int length, int consumed)
    {
        peer.Fail(CloseReason.BadBody, $"a body of {length} bytes with id {id} is not a {message}");
        return consumed;
    }

    /// <summary>Notes that a handler threw: the peer is closed, or goes on with its next message (<see cref="PeerOptions.WhenHandlerThrows"/>).</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="id">The id of the message being handled.</param>
    /// <param name="exception">What was thrown.</param>
    public static void Threw(Peer peer, long id, Exception exception)
        => peer.HandlerThrew($"the handler of message id {id}", exception);

    /// <summary>Takes the result of an asynchronous handler: while it is incomplete the peer's lane is held.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="handler">What the handler returned.</param>
    public static void Await(Peer peer, ValueTask handler)
    {
        if (handler.IsCompleted)
        {
            // Throws here what the handler threw, where the receive loop catches it.
            handler.GetAwaiter().GetResult();
            return;
        }

        peer.Hold(handler);
    }

    /// <summary>Takes the result of an asynchronous handler that answers by what it returns: the lane is held until then, and the reply is sent.</summary>
    /// <typeparam name="THeader">The header.</typeparam>
    /// <typeparam name="T">The reply.</typeparam>
    /// <param name="peer">The peer.</param>
    /// <param name="header">The header of the reply.</param>
    /// <param name="handler">What the handler returned.</param>
    public static void AwaitReply<THeader, T>(Peer peer, in THeader header, ValueTask<T> handler)
        where THeader : struct, IHeader<THeader>
        where T : IMessage<T, THeader>
        => Await(peer, SendWhenDoneAsync(peer, header, handler));

    /// <summary>The same for a handler that returns a <see cref="Task{TResult}"/>.</summary>
    /// <typeparam name="THeader">The header.</typeparam>
    /// <typeparam name="T">The reply.</typeparam>
    /// <param name="peer">The peer.</param>
    /// <param name="header">The header of the reply.</param>
    /// <param name="handler">What the handler returned.</param>
    public static void AwaitReply<THeader, T>(Peer peer, in THeader header, Task<T> handler)
        where THeader : struct, IHeader<THeader>
        where T : IMessage<T, THeader>
        => Await(peer, SendWhenDoneAsync(peer, header, new ValueTask<T>(handler)));

    /// <summary>Whether a request of this peer waits for its reply, or has been given up so recently that its reply may still come.</summary>
    /// <param name="peer">The peer.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AwaitsReplies(Peer peer) => peer.AwaitsReplies;

    /// <summary>Completes the request that a frame answers.</summary>
    /// <typeparam name="THeader">The header.</typeparam>
    /// <param name="peer">The peer.</param>
    /// <param name="header">The header of the frame.</param>
    /// <param name="frame">The whole frame.</param>
    /// <returns>Whether it answers a request, also one that has been given up; otherwise it is a message like others.</returns>
    public static bool TryComplete<THeader>(Peer peer, in THeader header, ReadOnlyMemory<byte> frame)
        where THeader : struct, IHeader<THeader>
        => peer.TryComplete(in header, frame);

    /// <summary>Copies a frame, for a handler that keeps its message.</summary>
    /// <typeparam name="T">The message, which <paramref name="frame"/> is known to hold.</typeparam>
    /// <param name="peer">The peer that sent it: it holds the copy until that is disposed of.</param>
    /// <param name="frame">The whole frame.</param>
    public static Owned<T> Own<T>(Peer peer, ReadOnlySpan<byte> frame)
        where T : IMessage<T>, allows ref struct
        => new(OwnedFrame.Copy<T>(frame, peer));

    // Back on the lane after the wait: its context is captured.
    private static async ValueTask SendWhenDoneAsync<THeader, T>(Peer peer, THeader header, ValueTask<T> handler)
        where THeader : struct, IHeader<THeader>
        where T : IMessage<T, THeader>
    {
#pragma warning disable CA2007 // The context is the lane's, which is where a reply is sent.
        T message = await handler;
#pragma warning restore CA2007
        peer.Send(in header, in message);
    }
}
