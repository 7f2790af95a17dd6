using System.Diagnostics;
using System.Runtime.CompilerServices;
using QContinuum.Buffers;
using QContinuum.Loops;
using QContinuum.Processors;
using QContinuum.Transports;

namespace QContinuum;

/// <summary>
/// The loop's half of the read path: the connection calls <see cref="IConnectionOwner"/>, and what it brings goes to the lane (Peer.Lane.cs),
/// for an inline processor at once, for a queued one through the pump's queue.
/// </summary>
public sealed partial class Peer
{
    /// <summary>Reads up to this length are copied on their way to a pump: to keep the loop's block for them would waste most of it.</summary>
    private const int StagedReadSize = 16 * 1024;

    /// <summary>What a queued read costs besides its bytes, so that a flood of tiny reads is bounded as well.</summary>
    private const int ReadOverhead = 64;

    private const int StoppedFlag = 1;
    private const int HeldFlag = 2;
    private const int MovingFlag = 4;

    /// <summary>Interrupts nothing: has every message counted, where there is a limit.</summary>
    private const int CountedFlag = 8;

    /// <summary>Bytes handed to the pump and not yet consumed, overhead included. Raised by the loop, lowered by the lane.</summary>
    private int _handed;

    /// <summary>The loop has seen too many bytes handed over, and waits to be told to read on.</summary>
    private bool _awaitsConsumption;

    /// <summary>
    /// Stopped: no further message is dispatched. Held: an asynchronous handler runs. Moving: it goes to another processor. Any thread sets them, the lane
    /// clears the last two.
    /// </summary>
    private int _interruption;

    /// <inheritdoc/>
    bool IConnectionOwner.IsFull => _isMoving || (Pump is null
        ? (Volatile.Read(ref _interruption) & HeldFlag) != 0 && ((Reader is not null && !AwaitsReplies) || _partial.Length > MostKept)
        : IsPumpFull());

    bool IConnectionOwner.IsBusy => _isMoving || (Volatile.Read(ref _interruption) & HeldFlag) != 0 || Volatile.Read(ref _handed) > 0;

    bool IConnectionOwner.IsHeldByRate => _extras is { } extras && Volatile.Read(ref extras.RateHolds) is > 0 and var rates && rates == Volatile.Read(ref _holds);

    long IConnectionOwner.UnreadSince => !_isMoving && (Volatile.Read(ref _interruption) & HeldFlag) != 0 && Reader is { } reader ? reader.UnreadSince : 0;

    /// <remarks>What waits for a handler was handed to the pump and is kept by the lane, and counts once.</remarks>
    long IConnectionOwner.Held
        => Math.Max(Volatile.Read(ref _handed) - Volatile.Read(ref _heldBytes), 0) + (long)_partial.Committed + (Reader?.Held ?? 0) + (_extras is { } extras ? Volatile.Read(ref extras.OwnedBytes) : 0);

    /// <summary>Where what its handlers own is counted, also when it is gone.</summary>
    internal PeerExtras CountsOwned => Extras;

    long IConnectionOwner.UserDue => _extras is { } extras ? Volatile.Read(ref extras.UserDue) : 0;

    bool IConnectionOwner.MeetsUserDue(long due)
    {
        if (UserId == 0)
        {
            return false;
        }

        // Unless the time has begun anew meanwhile: then there is another appointment.
        Interlocked.CompareExchange(ref Extras.UserDue, 0, due);
        return true;
    }

    PeerDeadlines IConnectionOwner.Deadlines => Processor.Deadlines;

    long IConnectionOwner.FirstAwaited => Volatile.Read(ref _firstAwaited);

    long IConnectionOwner.RestAwaited => Volatile.Read(ref _restAwaited);

    /// <summary>Whether no message is dispatched at present.</summary>
    internal bool IsInterrupted => (Volatile.Read(ref _interruption) & ~CountedFlag) != 0;

    /// <summary>Whether a receive loop must return: asked after every message.</summary>
    internal bool IsInterruptedAfterMessage() => (Volatile.Read(ref _interruption) != 0 || --_messagesToLook == 0) && IsInterruptedOnLook();

    /// <summary>Memory that is taken for an unfinished message, in bytes. Exact only while the lane rests.</summary>
    internal long CommittedBytes => _partial.Committed;

    /// <summary>Loop only.</summary>
    private bool HasStash => _extras is { Stash.IsEmpty: false };

    bool IConnectionOwner.MayOpen() => _extras?.MayOpen is not { } mayOpen || mayOpen();

    void IConnectionOwner.OnOpened() => ToLane(PumpEvent.Opened);

    bool IConnectionOwner.OnReceived(Block block, int length)
    {
        if (Pump is null)
        {
            // A handler may take long, or wait for what a pump has been given.
            _connection.Loop.WakeWhoWaits();
            LaneReceived(block.Memory(0, length));
            if (IsHere)
            {
                PublishTail();
            }

            return false;
        }

        Interlocked.Add(ref _handed, length + ReadOverhead);
        if (length <= StagedReadSize)
        {
            Block staged = _connection.Loop.Stage(block.Memory(0, length).Span, out int offset);
            ToPump(new PumpItem(this, PumpEvent.Received, staged, offset, length));
            return false;
        }

        block.Retain();
        ToPump(new PumpItem(this, PumpEvent.Received, block, 0, length));
        return true;
    }

    void IConnectionOwner.OnHungUp()
    {
        // Set first and looked for afterwards, as the reason is.
        Volatile.Write(ref _isHungUp, true);
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _extras) is { } extras)
        {
            _ = Volatile.Read(ref extras.Aborted)?.CancelAsync();
        }

        PostToLane(static peer => peer.BeginPatienceIfHeld());
    }

    void IConnectionOwner.OnEnded() => ToLane(PumpEvent.Ended);

    void IConnectionOwner.OnLate(CloseReason reason, string? fault)
    {
        Interlocked.Or(ref _interruption, StoppedFlag);
        TrySetReason(reason, fault);
    }

    void IConnectionOwner.OnClosed(CloseReason reason)
    {
        if (reason != CloseReason.None)
        {
            TrySetReason(reason);
        }
        else if ((Volatile.Read(ref _interruption) & HeldFlag) != 0)
        {
            // Otherwise the lane, which knows whether a message was cut off, says so. But the handler that runs is to be told now.
            TrySetReason(CloseReason.Remote);
        }

        ToLane(PumpEvent.Closed);
    }

    void IConnectionOwner.OnReleased() => _server?.OnHandleClosed(_address.Raw);

    /// <remarks>A method of its own: the receive loop, into which all else is inlined, has little use for it.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsInterruptedOnLook()
    {
        int why = Volatile.Read(ref _interruption);
        if ((why & CountedFlag) != 0
            && Extras.MessageRate.Count(1, _options.MaxMessagesPerSecond.GetValueOrDefault(), LaneNow) is > 0 and var wait
            && (why & StoppedFlag) == 0)
        {
            // Also where its handler holds the lane already: whichever ends later.
            HoldUntil(new ValueTask(_connection.Loop.Delay(wait)), HeldBy.Rate);
        }

        if (IsInterrupted)
        {
            _messagesToLook = Math.Max(_messagesToLook, (byte)1);
            return true;
        }

        return (_messagesToLook == 0 || --_messagesToLook == 0) && LookAtClock();
    }

    private void ToLane(PumpEvent happened)
    {
        if (Pump is null && !_isMoving)
        {
            _connection.Loop.WakeWhoWaits();
            HandleOnLane(happened);
        }
        else
        {
            ToPump(new PumpItem(this, happened, null, 0, 0));
        }
    }

    /// <summary>Hands an event to the pump, or, when its queue is full, keeps it until there is room. Loop only.</summary>
    private void ToPump(in PumpItem item)
    {
        if (!_isMoving && !HasStash && Pump is { } pump && pump.TryEnqueueQuietly(in item))
        {
            WakeLater(pump);
            return;
        }

        ref PumpStash stash = ref Extras.Stash;
        switch (item.Event)
        {
            case PumpEvent.Opened:
                stash.Opened = true;
                break;
            case PumpEvent.Received:
                Debug.Assert(stash.Run.Block is null, "a peer with a stash is not read");
                stash.Run = item;
                break;
            case PumpEvent.Moved:
                stash.Moved = true;
                break;
            case PumpEvent.Ended:
                stash.Ended = true;
                break;
            case PumpEvent.Closed:
                stash.Closed = true;
                break;
        }

        if (!_isMoving)
        {
            Pump!.WaitForRoom(_connection);
        }
    }

    /// <summary>At the end of the turn of the loop; at once where the loop has ended, and has no more turns.</summary>
    private void WakeLater(Pump pump)
    {
        if (_connection.Loop.IsLoopThread)
        {
            _connection.Loop.WakeLater(pump);
        }
        else
        {
            pump.WakeIfAsleep();
        }
    }

    void IConnectionOwner.OnRoom()
    {
        if (!HasStash || (_isMoving && !Extras.Stash.Moved))
        {
            return;
        }

        ref PumpStash stash = ref Extras.Stash;
        if (Pump is not { } pump)
        {
            // It came from a pump to its loop: what was kept for the next lane is handled here.
            UnstashHere(ref stash);
            return;
        }

        if (TryUnstash(pump, ref stash.Opened, PumpEvent.Opened) && TryUnstashRun(pump, ref stash.Run)
            && TryUnstash(pump, ref stash.Moved, PumpEvent.Moved)
            && (_isMoving || (TryUnstash(pump, ref stash.Ended, PumpEvent.Ended) && TryUnstash(pump, ref stash.Closed, PumpEvent.Closed))))
        {
            return;
        }

        pump.WaitForRoom(_connection);
    }

    private void UnstashHere(ref PumpStash stash)
    {
        Debug.Assert(!stash.Opened && stash.Run.Block is null && !stash.Moved, "those are behind it when it moves");
        if (stash.Ended)
        {
            stash.Ended = false;
            LaneEnded();
        }

        if (stash.Closed)
        {
            stash.Closed = false;
            LaneClosed();
        }
    }

    private bool TryUnstash(Pump pump, ref bool stashed, PumpEvent happened)
    {
        if (stashed && !pump.TryEnqueue(new PumpItem(this, happened, null, 0, 0)))
        {
            return false;
        }

        stashed = false;
        return true;
    }

    private static bool TryUnstashRun(Pump pump, ref PumpItem run)
    {
        if (run.Block is not null && !pump.TryEnqueue(in run))
        {
            return false;
        }

        run = default;
        return true;
    }

    private bool IsPumpFull()
    {
        if (HasStash)
        {
            return true;
        }

        if (Volatile.Read(ref _handed) <= _options.HighWatermark || Volatile.Read(ref _handed) <= MostKept)
        {
            return false;
        }

        // The flag is raised before the count is looked at once more, and the lane lowers the count before it looks at the flag: one of the
        // two sees the other.
        Interlocked.Exchange(ref _awaitsConsumption, true);
        return Volatile.Read(ref _handed) > MostKept;
    }

    /// <summary>Bytes that the lane is done with. Lane only.</summary>
    private void Consumed(int count)
    {
        int left = Interlocked.Add(ref _handed, -count);
        if (Volatile.Read(ref _awaitsConsumption)
            && (left <= _options.LowWatermark || (MostKept is var most && most > _options.HighWatermark && left <= most))
            && Interlocked.Exchange(ref _awaitsConsumption, false))
        {
            _connection.ResumeReading();
        }
    }
}
