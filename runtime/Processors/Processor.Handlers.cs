using System.Collections.Immutable;
using QContinuum.Protocol;

namespace QContinuum;

/// <summary>Handles a message.</summary>
/// <typeparam name="TMessage">The message.</typeparam>
/// <param name="peer">The peer that sent it.</param>
/// <param name="message">The message; a view is valid until the call returns.</param>
public delegate void MessageHandler<TMessage>(Peer peer, in TMessage message)
    where TMessage : IMessage<TMessage>, allows ref struct;

/// <summary>Handles a message with its header, which a reply needs: <see cref="Peer.Reply{THeader, T}"/>.</summary>
/// <typeparam name="THeader">The header of the message.</typeparam>
/// <typeparam name="TMessage">The message.</typeparam>
/// <param name="peer">The peer that sent it.</param>
/// <param name="header">The header that it came with.</param>
/// <param name="message">The message; a view is valid until the call returns.</param>
public delegate void MessageHandler<THeader, TMessage>(Peer peer, in THeader header, in TMessage message)
    where THeader : struct, IHeader<THeader>
    where TMessage : IMessage<TMessage, THeader>, allows ref struct;

/// <summary>Handlers that come and go while the processor runs, beside those that were declared.</summary>
public abstract partial class Processor
{
    /// <summary>Null until the first is added: most processors have none, and need not start with what keeps them.</summary>
    private ImmutableDictionary<(long Id, MessageRole Kind), AddedHandler>? _added;

    /// <summary>
    /// Adds a handler of a message that no declared handler takes; it runs where those do. It has effect from the next message on. A declared handler is found
    /// faster, and this one before <see cref="UnhandledAttribute"/>. Any thread.
    /// </summary>
    /// <typeparam name="TMessage">The message, bound to the header that the processor receives.</typeparam>
    /// <param name="handler">What is called for each.</param>
    /// <returns>What removes the handler when it is disposed of.</returns>
    /// <remarks>
    /// As with a declared handler, a body that is longer than the message may have (<see cref="MessageAttribute.MaxSize"/>) closes the peer, and as soon as its header is there.
    /// </remarks>
    /// <exception cref="ArgumentException">The message is bound to another header.</exception>
    /// <exception cref="InvalidOperationException">
    /// The message has a handler already, declared or added, or one from which its header does not tell it: without a flag for replies, that of a request with the same id; for a
    /// fault, a declared one of every fault. Or the frames of the processor are read by hand.
    /// </exception>
    public IDisposable Handle<TMessage>(MessageHandler<TMessage> handler)
        where TMessage : IMessage<TMessage>, allows ref struct
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Add<TMessage>((peer, _, in message) => handler(peer, in message));
    }

    /// <summary>Adds a handler that takes the header as well: one that answers a request, for instance. Otherwise as <see cref="Handle{TMessage}"/>. Any thread.</summary>
    /// <typeparam name="THeader">The header that the processor receives.</typeparam>
    /// <typeparam name="TMessage">The message, bound to that header.</typeparam>
    /// <param name="handler">What is called for each.</param>
    /// <returns>What removes the handler when it is disposed of.</returns>
    /// <exception cref="ArgumentException">The processor receives another header.</exception>
    /// <exception cref="InvalidOperationException">As for <see cref="Handle{TMessage}"/>.</exception>
    public IDisposable Handle<THeader, TMessage>(MessageHandler<THeader, TMessage> handler)
        where THeader : struct, IHeader<THeader>
        where TMessage : IMessage<TMessage, THeader>, allows ref struct
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Add<TMessage>((peer, frame, in message) =>
        {
            _ = THeader.TryReadFrame(frame.Span, int.MaxValue, out THeader header, out _);
            handler(peer, in header, in message);
        });
    }

    /// <summary>Whether a declared handler takes a message, or all that its header does not tell from it. Implemented by generated code.</summary>
    /// <param name="id">The id of the message.</param>
    /// <param name="role">What it is to a request, as it was declared.</param>
    [System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
    protected virtual bool DispatchHandles(long id, MessageRole role) => false;

    /// <summary>Gives a frame to the handler that was added for it. On the peer's lane.</summary>
    /// <returns>False when there is none.</returns>
    internal bool TryHandle<THeader>(Peer peer, in THeader header, ReadOnlyMemory<byte> frame)
        where THeader : struct, IHeader<THeader>
    {
        if (Find(in header) is not { } handler)
        {
            return false;
        }

        long id = THeader.IdOf(in header);

        if (Framing.IsLonger<THeader>(frame, handler.MaxBody, out int length))
        {
            Dispatch.TooLong(peer, handler.Name, length, handler.MaxBody, consumed: 0);
        }
        else if (!handler.TryInvoke(peer, frame))
        {
            peer.Fail(CloseReason.BadBody, $"a frame of {frame.Length} bytes with id {id} is not a {handler.Name}");
        }

        return true;
    }

    /// <summary>Closes a peer whose header claims a longer body than the message of its added handler may have, before a byte is kept for it. On the peer's lane.</summary>
    /// <returns>Whether it does.</returns>
    internal bool Refuses<THeader>(Peer peer, in THeader header, int length)
        where THeader : struct, IHeader<THeader>
    {
        // A reply that a request waits for may share its id with a shorter message, and a fault takes the place of a reply.
        bool mayBeAwaited = peer.AwaitsReplies && (!THeader.TellsReplies || THeader.RoleOf(in header) != MessageRole.None);
        if (mayBeAwaited || Find(in header) is not { } handler)
        {
            return false;
        }

        // An added handler of every fault leaves those to the declared ones that these take.
        if (DispatchHandles(THeader.IdOf(in header), THeader.RoleOf(in header)))
        {
            return false;
        }

        if (handler.BodySize >= 0 && length > handler.BodySize)
        {
            Dispatch.BadBody(peer, THeader.IdOf(in header), handler.Name, length, consumed: 0);
            return true;
        }

        if (length > handler.MaxBody)
        {
            Dispatch.TooLong(peer, handler.Name, length, handler.MaxBody, consumed: 0);
            return true;
        }

        return false;
    }

    private Removal Add<TMessage>(AddedCall<TMessage> handler)
        where TMessage : IMessage<TMessage>, allows ref struct
    {
        if (!CallsHandlers)
        {
            throw new InvalidOperationException(
                $"No handler would be called: what the peers of this processor send is read by {nameof(Peer)}.{nameof(Peer.ReadAllAsync)}. "
                + "For handlers declare a class with [Processor].");
        }

        if (TMessage.Header != DispatchReceivedHeader)
        {
            throw new ArgumentException(
                $"{typeof(TMessage).Name} is bound to the header {TMessage.Header.Name}, and {GetType().Name} receives {DispatchReceivedHeader.Name}.", nameof(handler));
        }

        (long Id, MessageRole Kind) key = (TMessage.Id, TMessage.Header.KindOf(TMessage.Role));
        AddedHandler added = new AddedHandler<TMessage>(handler);
        Interlocked.CompareExchange(ref _added, ImmutableDictionary<(long, MessageRole), AddedHandler>.Empty, null);
        if (DispatchHandles(TMessage.Id, TMessage.Role) || !ImmutableInterlocked.TryAdd(ref _added!, key, added))
        {
            throw new InvalidOperationException($"{GetType().Name} has a handler of message id {key.Id} already.");
        }

        return new Removal(() => ImmutableInterlocked.TryRemove(ref _added!, key, out _));
    }

    /// <summary>The handler that was added for a message; null where there is none.</summary>
    private AddedHandler? Find<THeader>(in THeader header)
        where THeader : struct, IHeader<THeader>
    {
        ImmutableDictionary<(long, MessageRole), AddedHandler>? added = Volatile.Read(ref _added);
        if (added is null or { IsEmpty: true })
        {
            return null;
        }

        long id = THeader.IdOf(in header);
        MessageRole role = THeader.Codec.KindOf(THeader.RoleOf(in header));
        _ = added.TryGetValue((id, role), out AddedHandler? handler)

            // A fault may have no id of its own.
            || (role == MessageRole.Fault && added.TryGetValue((0, MessageRole.Fault), out handler));
        return handler;
    }

    /// <summary>Calls a handler that was added, with as much of what came as it takes.</summary>
    private delegate void AddedCall<TMessage>(Peer peer, ReadOnlyMemory<byte> frame, in TMessage message)
        where TMessage : IMessage<TMessage>, allows ref struct;

    private abstract class AddedHandler
    {
        internal abstract string Name { get; }

        internal abstract int BodySize { get; }

        internal abstract int MaxBody { get; }

        internal abstract bool TryInvoke(Peer peer, ReadOnlyMemory<byte> frame);
    }

    private sealed class AddedHandler<TMessage>(AddedCall<TMessage> handler) : AddedHandler
        where TMessage : IMessage<TMessage>, allows ref struct
    {
        internal override string Name => typeof(TMessage).Name;

        internal override int BodySize => TMessage.BodySize;

        internal override int MaxBody => TMessage.MaxBody;

        internal override bool TryInvoke(Peer peer, ReadOnlyMemory<byte> frame)
        {
            if (!TMessage.TryReadFrame(frame, out TMessage message))
            {
                return false;
            }

            handler(peer, frame, in message);
            return true;
        }
    }
}
