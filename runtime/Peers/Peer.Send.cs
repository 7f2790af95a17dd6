using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using QContinuum.Buffers;
using QContinuum.Loops;
using QContinuum.Protocol;

namespace QContinuum;

/// <summary>
/// The write path. On the peer's own lane a message is encoded into the lane's tail, which is published once a turn; on every other thread
/// it is encoded into a block of that thread and published at once. From there it is the connection's (Connection.Outgoing.cs).
/// </summary>
public sealed partial class Peer
{
    /// <summary>What the lane has encoded and not yet published; null while that is nothing. Lane only.</summary>
    private OutgoingChain? _tail;

    /// <summary>
    /// Queues a message. It is encoded before the call returns, so that what it points to may change afterwards. Messages of one thread, and
    /// those of the handlers of one lane, are sent in the order of the calls; between threads there is no order.
    /// </summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="message">The message.</param>
    /// <returns>Whether it was queued. On a peer that is closing or closed nothing is.</returns>
    public SendResult Send<T>(scoped in T message)
        where T : IMessage<T>, allows ref struct
        => SendSized(in message, correlation: 0);

    /// <summary>Queues a message like <see cref="Send{T}(in T)"/>, with header fields chosen by the sender.</summary>
    /// <typeparam name="THeader">The header of what this peer is sent.</typeparam>
    /// <typeparam name="T">The message, which is bound to it.</typeparam>
    /// <param name="header">The header; its length, its id, its constants and what the message decides are derived.</param>
    /// <param name="message">The message.</param>
    /// <returns>Whether it was queued.</returns>
    public SendResult Send<THeader, T>(scoped in THeader header, scoped in T message)
        where THeader : struct, IHeader<THeader>
        where T : IMessage<T, THeader>, allows ref struct
    {
        if (THeader.Codec != Header)
        {
            return SendResult.WrongHeader;
        }

        int size = T.SizeOf(in message);
        if (!TryTailFor(size, out OutgoingChain? tail))
        {
            return SendElse(in header, in message, size);
        }

        T.WriteFrame(in message, in header, tail.Open(size));
        return EndTail(tail);
    }

    /// <summary>
    /// Queues the reply to a request: correlation and copied fields are those of the request, and the reply flag is set. Where a status tells a fault, a
    /// fault is sent with the header of the request that has it: <c>peer.Reply(header with { Status = 8 }, fault)</c>.
    /// </summary>
    /// <typeparam name="THeader">The header.</typeparam>
    /// <typeparam name="T">The message, which is bound to it.</typeparam>
    /// <param name="request">The header of the request.</param>
    /// <param name="message">The message; a fault without an id takes that of the request.</param>
    /// <returns>Whether it was queued.</returns>
    public SendResult Reply<THeader, T>(scoped in THeader request, scoped in T message)
        where THeader : struct, IHeader<THeader>
        where T : IMessage<T, THeader>, allows ref struct
        => Send(THeader.ReplyTo(in request, T.Role), in message);

    /// <summary>
    /// Queues a message like <see cref="Send{T}(in T)"/> and, where the peer is congested, completes once no more than
    /// <see cref="PeerOptions.LowWatermark"/> bytes wait: what to await where much is sent to a peer that may read slowly.
    /// </summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="message">The message; it is encoded before the call returns.</param>
    /// <param name="cancellationToken">Ends the waiting, not the sending: what was queued stays queued.</param>
    /// <returns>As of <see cref="Send{T}(in T)"/>, but <see cref="SendResult.Sent"/> instead of <see cref="SendResult.Congested"/>.</returns>
    public ValueTask<SendResult> SendAsync<T>(scoped in T message, CancellationToken cancellationToken = default)
        where T : IMessage<T>, allows ref struct
    {
        SendResult result = Send(in message);
        return result == SendResult.Congested ? SentOnceThereIsRoomAsync(cancellationToken) : new ValueTask<SendResult>(result);
    }

    /// <summary>
    /// Completes once no more than <see cref="PeerOptions.LowWatermark"/> bytes wait to be sent, or the peer has closed: what to await where
    /// <see cref="Forward"/>, <see cref="SendFramed"/> or <see cref="Reply"/> said <see cref="SendResult.Congested"/>, or much goes to a group that it is in.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">The waiting was ended.</exception>
    public ValueTask WaitForRoomAsync(CancellationToken cancellationToken = default)
    {
        PublishWithinHandler();
        return new ValueTask(_connection.WhenBelowLowWatermark().WaitAsync(cancellationToken));
    }

    /// <summary>
    /// Queues a frame with the fields of <paramref name="header"/> and a copy of <paramref name="body"/>: for what a processor passes on without
    /// reading it. The length on the wire is that of <paramref name="body"/>, whatever the header says.
    /// </summary>
    /// <typeparam name="THeader">The header of what this peer is sent.</typeparam>
    /// <param name="header">The header.</param>
    /// <param name="body">The body; it is copied before the call returns.</param>
    /// <returns>Whether it was queued.</returns>
    /// <exception cref="ArgumentException">The body is longer than the header can frame.</exception>
    public SendResult Forward<THeader>(scoped in THeader header, scoped ReadOnlySpan<byte> body)
        where THeader : struct, IHeader<THeader>
        => ForwardFrame(in header, body, isPatient: false);

    /// <param name="header">The header.</param>
    /// <param name="body">The body.</param>
    /// <param name="isPatient">Whether who finds no room waits for it: nobody is closed for that, and nothing was refused.</param>
    private SendResult ForwardFrame<THeader>(scoped in THeader header, scoped ReadOnlySpan<byte> body, bool isPatient)
        where THeader : struct, IHeader<THeader>
    {
        if (THeader.Codec != Header)
        {
            return SendResult.WrongHeader;
        }

        int size = Framing.SizeOf<THeader>(body.Length);
        if (!TryTailFor(size, out OutgoingChain? tail))
        {
            return ForwardElse(in header, body, size, isPatient);
        }

        Span<byte> room = tail.Open(size);
        body.CopyTo(Framing.Begin(room, in header, body.Length));
        Framing.End<THeader>(room);
        return EndTail(tail);
    }

    /// <summary>
    /// Queues bytes that are frames already, as they are: made earlier, or by somebody else. They are copied before the call returns, and nobody looks whether they are
    /// whole: if not, the other side takes what follows for their rest.
    /// </summary>
    /// <param name="frames">The bytes; none at all are sent at once.</param>
    /// <returns>Whether they were queued: all of them, or none.</returns>
    public SendResult SendFramed(scoped ReadOnlySpan<byte> frames)
    {
        SizedFrame frame = BeginFrame(frames.Length);
        if (frame.IsAdmitted)
        {
            frames.CopyTo(frame.Room);
            frame.IsWritten = true;
        }

        EndFrame(ref frame);
        return frame.Result;
    }

    void IPublisher.Publish()
    {
        if (IsHere)
        {
            PublishTail(Pump is null, isEndOfTurn: true);
        }
    }

    private SendResult SendSized<T>(scoped in T message, ulong correlation)
        where T : IMessage<T>, allows ref struct
    {
        if (T.Header != Header)
        {
            return SendResult.WrongHeader;
        }

        int size = T.SizeOf(in message);
        if (!TryTailFor(size, out OutgoingChain? tail))
        {
            return SendSizedElse(in message, correlation, size);
        }

        T.WriteFrame(in message, tail.Open(size), correlation);
        return EndTail(tail);
    }

    /// <summary>
    /// The usual case, in as few instructions as it takes: on its lane, which has encoded something for the peer in this turn already, and so many bytes more were allowed then.
    /// What sends another message meanwhile sends it behind this one; a message that cannot be written is cut out at the end of the turn.
    /// </summary>
    /// <returns>False in every other case.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryTailFor(int size, [NotNullWhen(true)] out OutgoingChain? tail)
    {
        tail = IsHere ? _tail : null;
        return tail is not null && tail.Allows(size) && Reason == CloseReason.None;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private SendResult EndTail(OutgoingChain tail)
    {
        tail.Close();
        if (IsAnswering)
        {
            tail.IsAnswer = true;
        }

        return SendResult.Sent;
    }

    /// <summary>
    /// Whether what is sent to the peer at present answers it: it comes from its handler, or from what may be the rest of that. What handlers of others send, and what was
    /// posted, answers nobody here. Lane only.
    /// </summary>
    private bool IsAnswering => _isReceiving || (_handlers > 0 && !_lane.IsCall);

    /// <summary>
    /// Whether a frame may be queued, and what its sender is told. What another thread than the lane's may send is counted at once, so that several at a time do not find the same
    /// room: it is handed over afterwards, or given back.
    /// </summary>
    private SendResult Admit(bool onLane, int unpublished, int size)
        => Reason != CloseReason.None || _connection.IsUntaken ? SendResult.Closed
            : Judge(onLane ? Waiting(unpublished) + size : _connection.Reserve(size, MostWaiting));

    /// <summary>Bytes that wait for the other side, with those that the lane has and has not handed over. Lane only.</summary>
    private long Waiting(int unpublished) => (long)_connection.Pending + unpublished;

    private int MostWaiting => _options.SendLimit;

    private SendResult Judge(long waiting)
        => waiting <= _options.HighWatermark ? SendResult.Sent : waiting <= MostWaiting ? SendResult.Congested : SendResult.Overflow;

    private OutgoingChain BeginTail()
    {
        // Whoever is being served now is likely to be answered; everybody else, a broadcast's addressees for instance, gets little memory.
        _tail = _lane.RentChain();
        _tail.Begin(_lane.Pool, _isReceiving ? BlockPool.StandardSize : OutgoingChain.SmallBlockSize);
        _lane.PublishLater(this);
        return _tail;
    }

    /// <summary>Hands what the lane gathered to the connection. Lane only, and not within a handler.</summary>
    private void PublishTail() => PublishTail(Pump is null);

    private void PublishTail(bool here, bool isEndOfTurn = false)
    {
        if (_tail is not { } tail)
        {
            return;
        }

        tail.CutOpenFrame();
        if (!tail.IsEmpty)
        {
            Block first = tail.Detach(out Block last, out int bytes);
            if (here)
            {
                _connection.PublishHere(first, last, bytes);
            }
            else if (isEndOfTurn)
            {
                _connection.PublishQuietly(first, last, bytes);
                _lane.WakeLater(_connection.Loop);
            }
            else
            {
                // A handler may block until it has been sent, or another one may take long.
                _connection.Publish(first, last, bytes);
            }
        }
        else
        {
            tail.Clear();
        }

        _tail = null;
        _lane.ReturnChain(tail);
    }

    /// <summary>
    /// What a handler has just sent must be on its way before it waits for it. Through the outbox, since it is running: an error of the socket is then met by the loop, between
    /// handlers. Where it is in the midst of writing a message, or one could not be written, that one stays behind; where a serialiser is at the end of the tail, everything does.
    /// </summary>
    private void PublishWithinHandler()
    {
        if (!IsHere || _tail is not { IsBeingWritten: false } tail)
        {
            return;
        }

        if (!tail.IsOpen)
        {
            PublishTail(here: false);
            return;
        }

        OutgoingChain rest = _lane.RentChain();
        tail.MoveAllButOpen(rest);
        _tail = rest;
        PublishTail(here: false);
        _tail = tail;
    }

    private async ValueTask<SendResult> SentOnceThereIsRoomAsync(CancellationToken cancellationToken)
    {
        await WaitForRoomAsync(cancellationToken).ConfigureAwait(false);
        return Reason == CloseReason.None && !_connection.IsUntaken ? SendResult.Sent : SendResult.Closed;
    }
}
