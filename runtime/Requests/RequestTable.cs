using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using QContinuum.Loops;

namespace QContinuum;

/// <summary>
/// The requests of one peer that wait for their replies, and the correlations that rest: those of requests that were given up, whose replies may still
/// come and must not answer another.
/// </summary>
/// <remarks>
/// Any thread adds and gives up, the lane completes, the loop times out: one lock, held for a look into the table and never while a request is completed.
/// Invariant: <c>_waiting</c> is the number of entries in the stage Waiting, and every entry of a stage other than Early has a place in one of the queues.
/// </remarks>
internal sealed class RequestTable(EventLoop loop, int correlationBits, PeerOptions options) : LoopTimer
{
    /// <summary>Also where requests time out after milliseconds, a reply may be on its way for as long as a slow network takes.</summary>
    private const long LeastRestMilliseconds = 10_000;

    /// <summary>What is cancelled where nothing times out.</summary>
    private const long WithoutTimeoutRestMilliseconds = 60_000;

    /// <summary>Deadlines kept beyond twice those that wait, before what was answered is cleared out: seldom enough to cost nothing.</summary>
    private const int SpareDeadlines = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, PendingRequest> _entries = [];
    private readonly Queue<(long Due, PendingRequest Request)> _deadlines = new();
    private readonly Queue<(long Until, PendingRequest Request)> _resting = new();
    private readonly ulong _greatest = correlationBits >= 64 ? ulong.MaxValue : (1UL << correlationBits) - 1;
    private ulong _last;
    private int _waiting;
    private int _count;
    private int _look;
    private long _armedFor = long.MaxValue;
    private CloseReason _closed;

    /// <summary>Whether a frame may be a reply. Any thread.</summary>
    internal bool IsEmpty => Volatile.Read(ref _count) == 0;

    /// <summary>The header of what is asked.</summary>
    internal HeaderCodec? Sent { get; init; }

    /// <summary>The header of what may answer it.</summary>
    internal HeaderCodec? Received { get; init; }

    /// <summary>Whether what a peer asks while it is with <paramref name="processor"/> may wait here. Any thread.</summary>
    internal bool Fits(Processor processor) => Sent == processor.Header && Received == processor.ReceivedHeader;

    private bool HasTimeout => options.RequestTimeout != Timeout.InfiniteTimeSpan;

    /// <summary>Gives a request a correlation that no other one has.</summary>
    /// <exception cref="PeerClosedException">The peer closes.</exception>
    /// <exception cref="InvalidOperationException">Too many requests are in flight.</exception>
    internal void Add(PendingRequest request)
    {
        lock (_lock)
        {
            if (_closed != CloseReason.None)
            {
                throw new PeerClosedException(_closed);
            }

            if (_waiting >= options.MaxRequests)
            {
                throw new InvalidOperationException($"{_waiting} requests wait for their replies, and no more may: {nameof(PeerOptions.MaxRequests)}.");
            }

            request.Correlation = NextFree();
            _entries.Add(request.Correlation, request);
            _waiting++;
            Volatile.Write(ref _count, _entries.Count);
            if (HasTimeout)
            {
                ClearDeadlines();
                _deadlines.Enqueue((loop.Clock() + (long)options.RequestTimeout.TotalMilliseconds, request));
                Arm();
            }
        }
    }

    /// <summary>Takes back a request that was not sent.</summary>
    internal void Remove(PendingRequest request)
    {
        lock (_lock)
        {
            if (request.State == PendingRequest.Stage.Waiting && Forget(request))
            {
                _waiting--;
            }
        }
    }

    /// <summary>Gives a request up: its correlation rests.</summary>
    /// <returns>False when it has been completed.</returns>
    internal bool GiveUp(PendingRequest request)
    {
        lock (_lock)
        {
            if (!IsWaiting(request))
            {
                return false;
            }

            Rest(request);
            return true;
        }
    }

    /// <summary>Whether a request still waits. Any thread.</summary>
    internal bool Waits(PendingRequest request)
    {
        lock (_lock)
        {
            return IsWaiting(request);
        }
    }

    /// <summary>The frames that wait are looked at from the beginning. Lane only.</summary>
    internal void LookAnew() => _look++;

    /// <summary>Finds the request that a frame answers. Lane only.</summary>
    /// <param name="correlation">What the frame says.</param>
    /// <param name="id">Its id.</param>
    /// <param name="role">What it is.</param>
    /// <param name="isAhead">Whether the frame is looked at before its turn, because the lane is held.</param>
    /// <param name="waiting">The request, where one waits for it.</param>
    /// <param name="isFirst">Whether no frame before it, since <see cref="LookAnew"/>, answered the same.</param>
    /// <returns>Whether the frame is a reply, be it one that nobody waits for any more.</returns>
    internal bool TryFind(ulong correlation, long id, MessageRole role, bool isAhead, out PendingRequest? waiting, out bool isFirst)
    {
        waiting = null;
        isFirst = false;
        lock (_lock)
        {
            if (!TryGet(correlation, id, role, out PendingRequest? request))
            {
                return false;
            }

            isFirst = request.State != PendingRequest.Stage.Early || request.Look != _look;
            if (request.State == PendingRequest.Stage.Waiting)
            {
                waiting = request;
                _waiting--;
            }

            if (isAhead)
            {
                // Its frame stays where it is: it is known again when its turn comes.
                request.State = PendingRequest.Stage.Early;
                request.Look = _look;
            }
            else
            {
                Forget(request);
            }

            return true;
        }
    }

    /// <summary>Whether a frame is a reply, of which only the header may be there: as <see cref="TryFind"/>, and nothing changes. Lane only.</summary>
    internal bool Knows(ulong correlation, long id, MessageRole role)
    {
        lock (_lock)
        {
            return TryGet(correlation, id, role, out _);
        }
    }

    /// <summary>Fails every request: no reply can come any more.</summary>
    internal void Close(CloseReason reason)
    {
        PendingRequest[] failed;
        lock (_lock)
        {
            if (_closed != CloseReason.None)
            {
                return;
            }

            _closed = reason;
            failed = [.. _entries.Values.Where(static request => request.State == PendingRequest.Stage.Waiting)];
            foreach (PendingRequest request in failed)
            {
                Forget(request);
            }

            _waiting = 0;
            _deadlines.Clear();
            _resting.Clear();
        }

        foreach (PendingRequest request in failed)
        {
            request.Cancellation.Unregister();
            request.Fail(new PeerClosedException(reason));
        }
    }

    /// <summary>On the loop: what has waited too long is given up, what has rested is forgotten.</summary>
    internal override void OnDue()
    {
        var late = new List<PendingRequest>();
        lock (_lock)
        {
            long now = loop.Clock();
            _armedFor = long.MaxValue;
            while (_deadlines.TryPeek(out (long Due, PendingRequest Request) first) && (first.Due <= now || !IsWaiting(first.Request)))
            {
                _deadlines.Dequeue();
                if (IsWaiting(first.Request))
                {
                    Rest(first.Request);
                    late.Add(first.Request);
                }
            }

            while (_resting.TryPeek(out (long Until, PendingRequest Request) first) && first.Until <= now)
            {
                _resting.Dequeue();
                ForgetRested(first.Request);
            }

            Arm();
        }

        foreach (PendingRequest request in late)
        {
            request.Cancellation.Unregister();
            request.Fail(new TimeoutException($"No reply came within {options.RequestTimeout.TotalSeconds} s."));
        }
    }

    private bool TryGet(ulong correlation, long id, MessageRole role, [NotNullWhen(true)] out PendingRequest? request)
        => _entries.TryGetValue(correlation, out request) && ((role & MessageRole.Fault) != 0 || id == request.ReplyId || id == request.FaultId);

    private bool IsThere(PendingRequest request) => _entries.TryGetValue(request.Correlation, out PendingRequest? found) && found == request;

    private bool IsWaiting(PendingRequest request) => request.State == PendingRequest.Stage.Waiting && IsThere(request);

    // Most are answered long before their time-out: they must not lie here until it would have come.
    private void ClearDeadlines()
    {
        int count = _deadlines.Count;
        if (count <= (2 * (long)_waiting) + SpareDeadlines)
        {
            return;
        }

        for (; count > 0; count--)
        {
            (long Due, PendingRequest Request) next = _deadlines.Dequeue();
            if (IsWaiting(next.Request))
            {
                _deadlines.Enqueue(next);
            }
        }
    }

    private void Rest(PendingRequest request)
    {
        Debug.Assert(request.State == PendingRequest.Stage.Waiting, "only what waits is given up");
        request.State = PendingRequest.Stage.GivenUp;
        _waiting--;
        long rest = HasTimeout ? Math.Max(2 * (long)options.RequestTimeout.TotalMilliseconds, LeastRestMilliseconds) : WithoutTimeoutRestMilliseconds;
        _resting.Enqueue((loop.Clock() + rest, request));

        // As many may rest as may wait: beyond that the longest is forgotten, and a reply that late is a message without a handler.
        if ((ulong)_resting.Count > Math.Min((ulong)options.MaxRequests, _greatest / 2))
        {
            ForgetRested(_resting.Dequeue().Request);
        }

        Arm();
    }

    /// <summary>Unless its reply has come meanwhile, whose turn is still to come.</summary>
    private void ForgetRested(PendingRequest request)
    {
        if (request.State == PendingRequest.Stage.GivenUp)
        {
            Forget(request);
        }
    }

    private bool Forget(PendingRequest request)
    {
        bool isThere = IsThere(request) && _entries.Remove(request.Correlation);
        Volatile.Write(ref _count, _entries.Count);
        return isThere;
    }

    // Ends: fewer correlations are taken than there are, and each is looked at once.
    private ulong NextFree()
    {
        if ((ulong)_entries.Count >= _greatest)
        {
            throw new InvalidOperationException($"All {_greatest} correlations of the header are in use: by requests in flight, by replies that may still come, and by those that came while a handler runs, whose turn is after it.");
        }

        do
        {
            _last = _last >= _greatest ? 1 : _last + 1;
        }
        while (_entries.ContainsKey(_last));
        return _last;
    }

    private void Arm()
    {
        long due = Math.Min(
            _deadlines.TryPeek(out (long Due, PendingRequest _) first) ? first.Due : long.MaxValue,
            _resting.TryPeek(out (long Until, PendingRequest _) rested) ? rested.Until : long.MaxValue);
        if (due >= _armedFor)
        {
            return;
        }

        // The wheel is the loop's. What is posted under the lock comes there in the order of the lock: the last one holds.
        _armedFor = due;
        loop.Post(
            static state =>
            {
                var (table, at) = ((RequestTable, long))state!;
                table.Loop.Timers.Schedule(table, at);
            },
            (this, due));
    }

    private EventLoop Loop => loop;
}
