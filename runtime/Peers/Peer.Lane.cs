using QContinuum.Buffers;
using QContinuum.Loops;
using QContinuum.Processors;

namespace QContinuum;

/// <summary>
/// The lane's half of the read path: frames are gathered, the generated <see cref="Processor.DispatchReceived"/> calls the handlers, and
/// while one of them waits, so does everything else of this peer. Everything here belongs to the lane's thread.
/// </summary>
public sealed partial class Peer
{
    /// <summary>Of <see cref="_firstAwaited"/>: the first message is awaited, but not at present: its Opened handler has not run to its end.</summary>
    private const long Later = -1;

    private PartialFrame _partial;

    /// <summary>Since when the first message of an accepted peer is awaited; 0 once it is there, or <see cref="Later"/>. The loop reads it.</summary>
    private long _firstAwaited;

    /// <summary>Since when the rest of the message is awaited of which a part is there; 0 for none. The loop reads it.</summary>
    private long _restAwaited;
    private int _neededBytes;
    private bool _isPaced;
    private bool _isReceiving;

    /// <summary>Whether a handler threw, and the next message is to be handled all the same.</summary>
    private bool _goesOn;
    private bool _hasOpened;
    private bool _closedDispatched;
    private bool _isAnnounced;
    private bool _isOffered;

    /// <summary>An event from the pump's queue. Lane only.</summary>
    internal void Handle(in PumpItem item)
    {
        if (item.Event != PumpEvent.Received)
        {
            HandleOnLane(item.Event);
            return;
        }

        bool isWatched = HasMoreThan(item.Length + ReadOverhead);
        long began = isWatched ? Clock() : 0;
        LaneReceived(item.Block!.Memory(item.Offset, item.Length));
        item.Block.Release();
        if (isWatched)
        {
            Took(Clock() - began);
        }

        if (_tail is { } tail && tail.Bytes > _options.LowWatermark)
        {
            // Not kept until the end of the turn: the connection must see what waits, or it goes on reading, and a peer that answers as much
            // as it is asked overflows within one turn of the pump.
            PublishTail(here: false);
        }

        if ((_interruption & (HeldFlag | MovingFlag)) != 0)
        {
            _heldBytes += item.Length + ReadOverhead;
            ConsumeHandled();
        }
        else
        {
            Consumed(item.Length + ReadOverhead);
        }
    }

    /// <summary>Notes how many bytes the next frame takes, from the first that is not consumed: so many are gathered before the next attempt.</summary>
    internal void NeedBytes(int count) => _neededBytes = count;

    private void HandleOnLane(PumpEvent happened)
    {
        switch (happened)
        {
            case PumpEvent.Opened:
                LaneOpened();
                break;
            case PumpEvent.Moved:
                Depart();
                break;
            case PumpEvent.Ended:
                LaneEnded();
                break;
            case PumpEvent.Closed:
                LaneClosed();
                break;
        }
    }

    private void LaneReceived(ReadOnlyMemory<byte> run)
    {
        BeginReceiving();
        if (_partial.IsEmpty && !IsInterrupted)
        {
            // The usual case: whole frames, read where they lie.
            run = run[Dispatch(run)..];
        }

        while (!run.IsEmpty && (_interruption & StoppedFlag) == 0)
        {
            run = Gather(run);
        }

        EndReceiving();
        Await();
        if ((_interruption & MovingFlag) != 0)
        {
            BeginMoving();
        }
    }

    private void BeginReceiving()
    {
        _isReceiving = true;
        _lane.IsCall = true;
        _lane.Receiver = this;
    }

    private void EndReceiving()
    {
        _isReceiving = false;
        _lane.IsCall = false;
        _lane.Receiver = null;
    }

    /// <summary>All that is there has been looked at: from here on it is the other side that has to send something. Not while a handler runs.</summary>
    private void Await()
    {
        bool isFirst = _firstAwaited == Later;
        bool isRest = _restAwaited == 0 && !_partial.IsEmpty;
        if (!(isFirst || isRest) || (_interruption & (HeldFlag | MovingFlag)) != 0)
        {
            return;
        }

        long now = LaneNow;
        if (isFirst)
        {
            Volatile.Write(ref _firstAwaited, now);
        }

        if (isRest)
        {
            Volatile.Write(ref _restAwaited, now);
        }
    }

    /// <summary>The loop's clock, on the lane: the pump is not the thread that keeps it.</summary>
    private long LaneNow => Pump is null ? _connection.Loop.Now : _connection.Loop.Clock();

    /// <summary>Adds to the frame that has begun what it still lacks, and dispatches it once it is whole.</summary>
    /// <returns>What follows it.</returns>
    private ReadOnlyMemory<byte> Gather(ReadOnlyMemory<byte> run)
    {
        if (IsInterrupted)
        {
            // Held: everything is kept until the handler is done.
            Keep(run.Span);
            if (!Yields)
            {
                LookAhead();
            }

            return default;
        }

        int lacking = _neededBytes - _partial.Length;
        int taken = lacking > 0 ? Math.Min(lacking, run.Length) : run.Length;
        Keep(run.Span[..taken]);
        run = run[taken..];
        if (taken < lacking)
        {
            return run;
        }

        DispatchPartial();
        return _partial.IsEmpty && !run.IsEmpty && !IsInterrupted ? run[Dispatch(run)..] : run;
    }

    /// <summary>Puts bytes behind those that are kept: many peers that double what they hold within a moment would take more than there is.</summary>
    private void Keep(ReadOnlySpan<byte> bytes)
    {
        int growth = _partial.GrowthFor(bytes.Length);
        bool isShort = growth > MemoryGuard.ModestBytes && _connection.Loop.Memory is { } memory && !memory.HasRoomFor(growth);
        _partial.Append(bytes, _lane.Pool, isShort);
        if (isShort)
        {
            NoteGrowth(growth);
        }
    }

    /// <summary>
    /// The loop may sleep while its pumps take memory: where that makes it short, the loop is woken to see to it. The lane, or who keeps a message.
    /// </summary>
    internal void NoteGrowth(int bytes)
    {
        if (bytes > MemoryGuard.ModestBytes && Pump is not null && _connection.Loop.Memory is { } memory && !memory.HasRoomFor(0))
        {
            memory.WantLook();
            _connection.Loop.WakeIfAsleep();
        }
    }

    private void DispatchPartial() => _partial.Consume(Dispatch(_partial.Memory), _lane.Pool);

    /// <summary>The one call into generated code.</summary>
    private int Dispatch(ReadOnlyMemory<byte> bytes)
    {
        _neededBytes = 0;
        _lane.FirstLook = Lane.NoLook;
        try
        {
            int consumed = ReceiveAll(bytes);
            if (consumed > 0)
            {
                Volatile.Write(ref _firstAwaited, 0);
                Volatile.Write(ref _restAwaited, 0);
            }

            return (uint)consumed <= (uint)bytes.Length
                ? consumed
                : throw new InvalidOperationException($"{_processor.GetType()} consumed {consumed} of {bytes.Length} bytes.");
        }
        catch (Exception exception)
        {
            // Generated code catches what its handlers throw; a processor written by hand may not.
            Fail(CloseReason.HandlerFault, $"its processor threw: {Thrown.Text(exception)}");
            return bytes.Length;
        }
    }

    /// <summary>Goes on behind a message whose handler threw, where that does not close the peer.</summary>
    private int ReceiveAll(ReadOnlyMemory<byte> bytes)
    {
        int consumed = _processor.Receive(this, bytes);
        int more = consumed;
        while (_goesOn)
        {
            _goesOn = false;
            if (more == 0)
            {
                Fail(CloseReason.HandlerFault, "its framer threw, and nothing else tells where the next message begins");
            }
            else if (!IsInterruptedAfterMessage())
            {
                more = _processor.Receive(this, bytes[consumed..]);
                consumed += more;
            }
        }

        return consumed;
    }

    private void LaneOpened()
    {
        if (_isLate)
        {
            Interlocked.Or(ref _interruption, StoppedFlag);
            TrySetReason(CloseReason.Stopped);
            FinishOpening();
            return;
        }

        _hasOpened = true;
        bool wasCall = BeginCall();
        try
        {
            _processor.Open(this);
        }
        catch (Exception exception)
        {
            Fail(CloseReason.HandlerFault, $"the handler of its opening threw: {Thrown.Text(exception)}");
        }

        _lane.IsCall = wasCall;

        if ((_interruption & HeldFlag) == 0)
        {
            FinishOpening();
            Await();
        }
    }

    /// <summary>What runs next is a handler that the lane calls, wherever that happens, and not the rest of one.</summary>
    /// <returns>What is so again afterwards.</returns>
    private bool BeginCall()
    {
        bool wasCall = _lane.IsCall;
        _lane.IsCall = true;
        return wasCall;
    }

    /// <summary>Whether it was accepted by <paramref name="server"/>, and its Opened handler has run. Any thread.</summary>
    internal bool IsOpenOf(PeerServer server) => _server == server && Volatile.Read(ref _isAnnounced) && Reason == CloseReason.None;

    /// <summary>Whether nobody has offered it yet to those who accept by hand. Any thread.</summary>
    internal bool TryOffer() => !Interlocked.Exchange(ref _isOffered, true);

    /// <summary>Its Opened handler has run: whoever connects, or accepts by hand, has a peer, unless that handler closed it.</summary>
    private void FinishOpening()
    {
        if (Volatile.Read(ref _isAnnounced))
        {
            return;
        }

        Volatile.Write(ref _isAnnounced, true);
        if (Reason == CloseReason.None)
        {
            _server?.OnPeerOpened(this);
            _extras?.Connecting?.TrySetResult(this);
        }
        else
        {
            _extras?.Connecting?.TrySetException(new PeerClosedException(Reason));
        }
    }

    private void LaneEnded()
    {
        if ((_interruption & (HeldFlag | MovingFlag)) != 0)
        {
            _endPending = true;
            if (_handlers > 0)
            {
                // What the other side has to take has a deadline of its own.
                BeginPatience();
            }

            if (_handlers > 0 || _holds == 0)
            {
                EndReplies();
            }

            return;
        }

        if ((!_partial.IsEmpty || _processor.IsWithinMessage(this)) && (_interruption & StoppedFlag) == 0 && !Volatile.Read(ref _isStopped))
        {
            TrySetReason(CloseReason.Truncated, $"it ended in the middle of a message ({_partial.Length} bytes are kept of it)");
        }

        TrySetReason(EndReason);
        PublishTail();
        _connection.FinishSending();
    }

    /// <summary>No reply can come any more: a handler that waits for one must not wait for the time-out, nor one that asks only now.</summary>
    private void EndReplies()
    {
        Volatile.Write(ref _hasNoReplies, true);
        Interlocked.MemoryBarrier();
        Requests?.Close(EndReason);
    }

    private void LaneClosed()
    {
        if ((_interruption & HeldFlag) != 0)
        {
            // It may have begun after the connection was gone: it is to be told now, whatever waits behind it.
            _closedPending = true;
            TrySetReason(CloseReason.Remote);
            BeginPatience();
            return;
        }

        if (_closedDispatched)
        {
            return;
        }

        CancelMove();
        TrySetReason(CloseReason.Remote);
        _closedDispatched = true;
        Interlocked.Or(ref _interruption, StoppedFlag);
        _partial.Clear();
        LeaveGroups();
        if (!_hasOpened)
        {
            FinishClosing();
            return;
        }

        bool wasCall = BeginCall();
        try
        {
            _processor.Close(this, Reason);
        }
        catch (Exception exception)
        {
            _options.WriteLog($"{this}: the handler of its closing threw: {Thrown.Text(exception)}");
        }

        _lane.IsCall = wasCall;

        if ((_interruption & HeldFlag) == 0)
        {
            FinishClosing();
        }
        else
        {
            BeginPatience();
        }
    }
}
