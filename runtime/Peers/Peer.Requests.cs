using QContinuum.Buffers;
using QContinuum.Loops;
using QContinuum.Protocol;

namespace QContinuum;

/// <summary>
/// Requests: sent like every message, and noted until a frame comes that answers them. Replies are completed as soon as they are there, also while
/// the lane is held: or a handler that waits for a reply of its own peer would wait for itself.
/// </summary>
public sealed partial class Peer
{
    /// <summary>What a message may have besides its body; and what a read may bring beyond what is let in.</summary>
    private const int AroundBody = 2 * EventLoop.ReadSize;

    /// <summary>Bytes of what waits for a held lane in which replies have been looked for. Lane only.</summary>
    private int _lookedAt;

    /// <summary>How many of them answer requests. Lane only.</summary>
    private int _answeredAhead;

    private bool _isLookingAhead;

    private bool _hasNoReplies;

    /// <summary>Whether the other side has ended what it sends, and a handler still runs: what it asks now is not answered. Any thread.</summary>
    internal bool HasNoReplies => Volatile.Read(ref _hasNoReplies);

    /// <summary>Those that wait for their replies; null before the first.</summary>
    private RequestTable? Requests => Volatile.Read(ref _extras) is { } extras ? Volatile.Read(ref extras.Requests) : null;

    /// <summary>Whether a frame may be the reply to a request.</summary>
    internal bool AwaitsReplies => Requests is { IsEmpty: false };

    /// <summary>Sends a request whose header is the message's alone.</summary>
    internal void SendRequest<T>(PendingRequest request, scoped in T message, CancellationToken cancellationToken)
        where T : IMessage<T>, allows ref struct
    {
        RequestTable table = Note(request, cancellationToken);
        bool isSent = false;
        try
        {
            Check(SendSized(in message, request.Correlation));
            isSent = true;
        }
        finally
        {
            Settle(table, request, isSent, cancellationToken);
        }
    }

    /// <summary>Sends a request with header fields of the sender's choice.</summary>
    internal void SendRequest<THeader, T>(PendingRequest request, scoped in THeader header, scoped in T message, CancellationToken cancellationToken)
        where THeader : struct, IHeader<THeader>
        where T : IMessage<T, THeader>, allows ref struct
    {
        RequestTable table = Note(request, cancellationToken);
        bool isSent = false;
        try
        {
            Check(Send(THeader.Correlate(in header, request.Correlation), in message));
            isSent = true;
        }
        finally
        {
            Settle(table, request, isSent, cancellationToken);
        }
    }

    /// <summary>Completes the request that a frame answers. Lane only.</summary>
    /// <returns>Whether it is a reply.</returns>
    internal bool TryComplete<THeader>(in THeader header, ReadOnlyMemory<byte> frame)
        where THeader : struct, IHeader<THeader>
    {
        MessageRole role = THeader.RoleOf(in header);
        if (Requests is not { } requests
            || (THeader.TellsReplies && (role & MessageRole.Reply) == 0)
            || !requests.TryFind(THeader.CorrelationOf(in header), THeader.IdOf(in header), role, _isLookingAhead, out PendingRequest? request, out bool isFirst))
        {
            return false;
        }

        // What answers a second time is a message like others, as far as it is kept: nobody asked for that.
        _answeredAhead += _isLookingAhead && isFirst ? frame.Length : 0;
        if (request is null)
        {
            // Given up, or completed already.
            return true;
        }

        request.Cancellation.Unregister();
        if ((role & MessageRole.Fault) != 0 || THeader.IdOf(in header) == request.FaultId)
        {
            request.Fail(new ReplyFaultException($"The request was answered by a fault: {header}", THeader.IdOf(in header), frame.Span));
        }
        else if (Framing.IsLonger<THeader>(frame, request.MaxBody, out int length))
        {
            Protocol.Dispatch.TooLong(this, request.ReplyName, length, request.MaxBody, consumed: 0);
            request.Fail(new PeerClosedException(CloseReason.TooLong));
        }
        else if (!request.TryComplete(frame))
        {
            Fail(CloseReason.BadBody, $"a reply of {frame.Length} bytes is not the message that its id declares: {header}");
            request.Fail(new PeerClosedException(CloseReason.BadBody));
        }

        return true;
    }

    private static void Forgo(object? state, CancellationToken cancellationToken)
    {
        var (table, request) = ((RequestTable, PendingRequest))state!;
        if (table.GiveUp(request))
        {
            request.Fail(new OperationCanceledException(cancellationToken));
        }
    }

    /// <summary>Has a request wait for its reply.</summary>
    /// <returns>Where it waits: a redirect to another header, which fails it, takes that from the peer.</returns>
    private RequestTable Note(PendingRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_processor.CorrelationBits == 0)
        {
            throw new InvalidOperationException($"A {Header.Name}, or what answers it, has no correlation by which a reply could find its request.");
        }

        if (IsHere && _isDeparting)
        {
            throw new InvalidOperationException(
                "A peer that goes to another processor is not read before that one has it: what the Closed handler of a redirect asks could have no reply. Ask before, or in the next one's Opened.");
        }

        RequestTable table = Requests ?? CreateRequests();
        table.Add(request);

        // The loop looks whether a reply is awaited after the lane was held, and this looks whether it is held after the request is to be seen: one of them sees the other.
        Interlocked.MemoryBarrier();
        if ((Volatile.Read(ref _interruption) & HeldFlag) != 0)
        {
            // While nobody waited for a reply there was nothing to be read for.
            _connection.ResumeReading();
        }

        return table;
    }

    private RequestTable CreateRequests()
    {
        Processor processor = Processor;
        var fresh = new RequestTable(_connection.Loop, processor.CorrelationBits, _options) { Sent = processor.Header, Received = processor.ReceivedHeader };
        RequestTable table = Interlocked.CompareExchange(ref Extras.Requests, fresh, null) ?? fresh;

        // It may be with another processor by now: who moves it says so first, and looks for a table behind a fence.
        CloseUnfit();

        // Looked at only after the table is to be seen; whoever sets the reason, or notes the end, does that first, and looks for a table behind a fence.
        if (Reason != CloseReason.None)
        {
            table.Close(Reason);
        }
        else if (Volatile.Read(ref _hasNoReplies))
        {
            table.Close(EndReason);
        }

        return table;
    }

    /// <summary>Requests under another header than that of its processor fail. Any thread.</summary>
    private void CloseUnfit() => CloseUnfit(Processor);

    private void CloseUnfit(Processor processor)
    {
        if (Requests is { } table && !table.Fits(processor))
        {
            Interlocked.CompareExchange(ref Extras.Requests, null, table);
            table.Close(CloseReason.Redirected);
        }
    }

    private void Check(SendResult result)
    {
        switch (result)
        {
            case SendResult.WrongHeader:
                throw new InvalidOperationException($"The request is bound to another header than {Header.Name}, which this peer is sent.");
            case SendResult.Overflow when Reason == CloseReason.None:
                throw new InvalidOperationException($"The request was refused: more than {_options.SendLimit} bytes wait to be sent to {this}.");
            case SendResult.Closed or SendResult.Overflow:
                throw new PeerClosedException(Reason != CloseReason.None ? Reason : EndReason);
        }
    }

    private static void Settle(RequestTable table, PendingRequest request, bool isSent, CancellationToken cancellationToken)
    {
        if (!isSent)
        {
            table.Remove(request);
        }
        else if (cancellationToken.CanBeCanceled)
        {
            request.Cancellation = cancellationToken.UnsafeRegister(Forgo, (table, request));
            if (!table.Waits(request))
            {
                // Completed before its registration was to be seen: a token that lives long must not keep it.
                request.Cancellation.Unregister();
            }
        }
    }

    /// <summary>
    /// Bytes beyond which a peer is not read while its lane is held. Where a reply is awaited, the message that has begun may be it, however long it is: so much is let in as well.
    /// Other messages are kept up to the watermark; replies were asked for. The lane, and the loop.
    /// </summary>
    private long MostKept
    {
        get
        {
            int high = _options.HighWatermark;
            long looked = Volatile.Read(ref _lookedAt);
            return (Volatile.Read(ref _interruption) & HeldFlag) != 0 && AwaitsReplies && looked - Volatile.Read(ref _answeredAhead) <= high && Reader is not { BodyLeft: > 0 }
                ? Math.Clamp(looked + _options.MaxMessageSize + AroundBody, high, PartialFrame.Longest - AroundBody)
                : high;
        }
    }

    /// <summary>Replies are looked for from the beginning of what is kept. Lane only.</summary>
    private void LookAnew()
    {
        _lookedAt = 0;
        _answeredAhead = 0;
        Requests?.LookAnew();
    }

    /// <summary>Completes what the frames that wait for the held lane answer. They stay where they are, and are skipped at their turn. Lane only.</summary>
    private void LookAhead()
    {
        if (!AwaitsReplies || (_interruption & StoppedFlag) != 0)
        {
            return;
        }

        _isLookingAhead = true;
        try
        {
            _lookedAt += _processor.LookForReplies(this, _partial.Memory[_lookedAt..]);
        }
        catch (Exception exception)
        {
            // A framer that throws, or a processor that is written by hand.
            Fail(CloseReason.HandlerFault, $"its processor threw while it looked for replies: {Thrown.Text(exception)}");
        }
        finally
        {
            _isLookingAhead = false;
        }
    }
}
