using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace QContinuum.Protocol;

/// <summary>What a generated receive loop tells the runtime. Every member is called on the peer's lane.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Dispatch
{
    /// <summary>Whether the receive loop must return: the peer closes, or an asynchronous handler holds its lane.</summary>
    /// <param name="peer">The peer whose message has just been handled.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsInterrupted(Peer peer) => peer.IsInterrupted;

    /// <summary>Ends a receive loop that found no further whole frame: notes what the next one needs, or closes the peer.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="status">Why there is no frame.</param>
    /// <param name="length">The length that the header claims, for the log.</param>
    /// <param name="frame">Bytes of the whole frame, while it is incomplete.</param>
    /// <param name="consumed">Bytes consumed so far.</param>
    /// <returns><paramref name="consumed"/>.</returns>
    public static int Stop(Peer peer, FrameStatus status, long length, int frame, int consumed)
    {
        switch (status)
        {
            case FrameStatus.Incomplete:
                peer.NeedBytes(frame);
                break;
            case FrameStatus.NegativeLength:
                peer.Fail(CloseReason.NegativeLength, $"a header claims a body of {length} bytes");
                break;
            case FrameStatus.TooLong:
                peer.Fail(CloseReason.TooLong, $"a header claims a body of {length} bytes, and the limit is {peer.MaxMessageSize}");
                break;
        }

        return consumed;
    }

    /// <summary>Closes a peer that sent an id which the processor does not take.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="id">The id.</param>
    /// <param name="consumed">Bytes consumed so far.</param>
    /// <returns><paramref name="consumed"/>.</returns>
    public static int Unknown(Peer peer, long id, int consumed)
    {
        peer.Fail(CloseReason.UnknownMessage, $"no handler takes message id {id}, and the processor has no [Unhandled] method");
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

    /// <summary>Closes a peer whose handler threw.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="id">The id of the message being handled.</param>
    /// <param name="exception">What was thrown.</param>
    public static void Threw(Peer peer, long id, Exception exception)
        => peer.Fail(CloseReason.HandlerFault, $"the handler of message id {id} threw: {exception}");

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
}
