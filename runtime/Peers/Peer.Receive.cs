using System.Diagnostics;
using QContinuum.Buffers;
using QContinuum.Loops;
using QContinuum.Processors;
using QContinuum.Transports;

namespace QContinuum;

/// <summary>
/// The read path. The loop calls <see cref="IConnectionOwner"/>; for an inline processor the lane's methods (Lane…) follow at once, for a
/// queued one through the pump's queue. The generated <see cref="Processor.DispatchReceived"/> frames and calls the handlers.
/// </summary>
public sealed partial class Peer
{
    /// <summary>Reads up to this length are copied on their way to a pump: to keep the loop's block for them would waste most of it.</summary>
    private const int StagedReadSize = 16 * 1024;

    /// <summary>What a queued read costs besides its bytes, so that a flood of tiny reads is bounded as well.</summary>
    private const int ReadOverhead = 64;

    private const int StoppedFlag = 1;
    private const int HeldFlag = 2;

    /// <summary>Bytes handed to the pump and not yet consumed, overhead included. Raised by the loop, lowered by the lane.</summary>
    private int _handed;

    /// <summary>The loop has seen too many bytes handed over, and waits to be told to read on.</summary>
    private int _awaitsConsumption;

    /// <summary>Stopped: no further message is dispatched. Held: an asynchronous handler runs. Any thread sets, the lane clears Held.</summary>
    private int _interruption;

    // The loop's: what the pump's queue had no room for. In the order opened, received, ended, closed.
    private bool _stashedOpened;
    private PumpItem _stashedRun;
    private bool _stashedEnded;
    private bool _stashedClosed;

    // The lane's.
    private PartialFrame _partial;
    private int _neededBytes;
    private int _heldBytes;
    private int _holds;
    private bool _isPaced;
    private bool _isReceiving;
    private bool _hasOpened;
    private bool _endPending;
    private bool _closedPending;
    private bool _closedDispatched;

    /// <inheritdoc/>
    bool IConnectionOwner.IsFull => _pump is null ? (Volatile.Read(ref _interruption) & HeldFlag) != 0 : IsPumpFull();

    /// <summary>Whether a receive loop must return: read after every message.</summary>
    internal bool IsInterrupted => Volatile.Read(ref _interruption) != 0;

    private bool HasStash => _stashedOpened || _stashedRun.Block is not null || _stashedEnded || _stashedClosed;

    void IConnectionOwner.OnOpened() => ToLane(PumpEvent.Opened);

    bool IConnectionOwner.OnReceived(Block block, int length)
    {
        if (_pump is null)
        {
            LaneReceived(block.Memory(0, length));
            PublishTail();
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

    void IConnectionOwner.OnEnded() => ToLane(PumpEvent.Ended);

    void IConnectionOwner.OnClosed(CloseReason reason)
    {
        TrySetReason(reason);
        ToLane(PumpEvent.Closed);
    }

    void IConnectionOwner.OnReleased() => _server?.OnHandleClosed();

    /// <summary>An event from the pump's queue. Lane only.</summary>
    internal void Handle(in PumpItem item)
    {
        if (item.Event != PumpEvent.Received)
        {
            HandleOnLane(item.Event);
            return;
        }

        LaneReceived(item.Block!.Memory(item.Offset, item.Length));
        item.Block.Release();
        if (_tail is { } tail && tail.Bytes > _options.LowWatermark)
        {
            // Not kept until the end of the turn: the connection must see what waits, or it goes on reading, and a peer that answers as much
            // as it is asked overflows within one turn of the pump.
            PublishTail(here: false);
        }

        if ((_interruption & HeldFlag) != 0)
        {
            _heldBytes += item.Length + ReadOverhead;
        }
        else
        {
            Consumed(item.Length + ReadOverhead);
        }
    }

    /// <summary>Notes how many bytes the next frame takes, from the first that is not consumed: so many are gathered before the next attempt.</summary>
    internal void NeedBytes(int count) => _neededBytes = count;

    /// <summary>
    /// Holds the lane until an asynchronous handler completes: no further message of this peer is dispatched meanwhile. It may be held for
    /// more than one thing, and goes on when all are done. Lane only.
    /// </summary>
    internal void Hold(ValueTask handler)
    {
        _holds++;
        Interlocked.Or(ref _interruption, HeldFlag);
        _ = ReleaseWhenDoneAsync(handler);
    }

    private void ToLane(PumpEvent happened)
    {
        if (_pump is null)
        {
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
        if (!HasStash && _pump!.TryEnqueue(in item))
        {
            return;
        }

        switch (item.Event)
        {
            case PumpEvent.Opened:
                _stashedOpened = true;
                break;
            case PumpEvent.Received:
                Debug.Assert(_stashedRun.Block is null, "a peer with a stash is not read");
                _stashedRun = item;
                break;
            case PumpEvent.Ended:
                _stashedEnded = true;
                break;
            case PumpEvent.Closed:
                _stashedClosed = true;
                break;
        }

        _pump!.WaitForRoom(_connection);
    }

    void IConnectionOwner.OnRoom()
    {
        if (_pump is not { } pump || !HasStash)
        {
            return;
        }

        if (TryUnstash(pump, ref _stashedOpened, PumpEvent.Opened) && TryUnstashRun(pump)
            && TryUnstash(pump, ref _stashedEnded, PumpEvent.Ended) && TryUnstash(pump, ref _stashedClosed, PumpEvent.Closed))
        {
            return;
        }

        pump.WaitForRoom(_connection);
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

    private bool TryUnstashRun(Pump pump)
    {
        if (_stashedRun.Block is not null && !pump.TryEnqueue(in _stashedRun))
        {
            return false;
        }

        _stashedRun = default;
        return true;
    }

    private bool IsPumpFull()
    {
        if (HasStash)
        {
            return true;
        }

        if (Volatile.Read(ref _handed) <= _options.HighWatermark)
        {
            return false;
        }

        // The flag is raised before the count is looked at once more, and the lane lowers the count before it looks at the flag: one of the
        // two sees the other.
        Interlocked.Exchange(ref _awaitsConsumption, 1);
        return Volatile.Read(ref _handed) > _options.HighWatermark;
    }

    /// <summary>Bytes that the lane is done with. Lane only.</summary>
    private void Consumed(int count)
    {
        int left = Interlocked.Add(ref _handed, -count);
        if (left <= _options.LowWatermark && Volatile.Read(ref _awaitsConsumption) == 1
            && Interlocked.Exchange(ref _awaitsConsumption, 0) == 1)
        {
            _connection.ResumeReading();
        }
    }

    private void HandleOnLane(PumpEvent happened)
    {
        switch (happened)
        {
            case PumpEvent.Opened:
                LaneOpened();
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
        _isReceiving = true;
        if (_partial.IsEmpty && !IsInterrupted)
        {
            // The usual case: whole frames, read where they lie.
            run = run[Dispatch(run)..];
        }

        while (!run.IsEmpty && (_interruption & StoppedFlag) == 0)
        {
            run = Gather(run);
        }

        _isReceiving = false;
    }

    /// <summary>Adds to the frame that has begun what it still lacks, and dispatches it once it is whole.</summary>
    /// <returns>What follows it.</returns>
    private ReadOnlyMemory<byte> Gather(ReadOnlyMemory<byte> run)
    {
        if (IsInterrupted)
        {
            // Held: everything is kept until the handler is done.
            _partial.Append(run.Span, _lane.Pool);
            return default;
        }

        int lacking = _neededBytes - _partial.Length;
        int taken = lacking > 0 ? Math.Min(lacking, run.Length) : run.Length;
        _partial.Append(run.Span[..taken], _lane.Pool);
        run = run[taken..];
        if (taken < lacking)
        {
            return run;
        }

        DispatchPartial();
        return _partial.IsEmpty && !run.IsEmpty && !IsInterrupted ? run[Dispatch(run)..] : run;
    }

    private void DispatchPartial() => _partial.Consume(Dispatch(_partial.Memory));

    /// <summary>The one call into generated code for a read.</summary>
    private int Dispatch(ReadOnlyMemory<byte> bytes)
    {
        _neededBytes = 0;
        try
        {
            int consumed = _processor.Receive(this, bytes);
            return (uint)consumed <= (uint)bytes.Length
                ? consumed
                : throw new InvalidOperationException($"{_processor.GetType()} consumed {consumed} of {bytes.Length} bytes.");
        }
        catch (Exception exception)
        {
            // Generated code catches what its handlers throw; a processor written by hand may not.
            Fail(CloseReason.HandlerFault, $"its processor threw: {exception}");
            return bytes.Length;
        }
    }

    private void LaneOpened()
    {
        _hasOpened = true;
        try
        {
            _processor.Open(this);
        }
        catch (Exception exception)
        {
            Fail(CloseReason.HandlerFault, $"the handler of its opening threw: {exception}");
        }

        if ((_interruption & HeldFlag) == 0)
        {
            _connecting?.TrySetResult(this);
        }
    }

    private void LaneEnded()
    {
        if ((_interruption & HeldFlag) != 0)
        {
            _endPending = true;
            return;
        }

        if (!_partial.IsEmpty && (_interruption & StoppedFlag) == 0 && !_isStoppedByServer)
        {
            TrySetReason(CloseReason.Truncated, $"it ended after {_partial.Length} bytes of a message");
        }

        TrySetReason(_isStoppedByServer ? CloseReason.Stopped : CloseReason.Remote);
        PublishTail();
        _connection.FinishSending();
    }

    private void LaneClosed()
    {
        if ((_interruption & HeldFlag) != 0)
        {
            _closedPending = true;
            _ = CloseAfterPatienceAsync();
            return;
        }

        if (_closedDispatched)
        {
            return;
        }

        _closedDispatched = true;
        Interlocked.Or(ref _interruption, StoppedFlag);
        _partial.Clear();
        if (!_hasOpened)
        {
            FinishClosing();
            return;
        }

        try
        {
            _processor.Close(this, Reason);
        }
        catch (Exception exception)
        {
            _options.Log($"{this}: the handler of its closing threw: {exception}");
        }

        if ((_interruption & HeldFlag) == 0)
        {
            FinishClosing();
        }
    }

    private async Task ReleaseWhenDoneAsync(ValueTask handler)
    {
        Exception? thrown = null;
        try
        {
            await handler.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            thrown = exception;
        }

        _lane.Post(
            static state =>
            {
                var (peer, exception) = ((Peer, Exception?))state!;
                peer.ReleaseLane(exception);
            },
            (this, thrown));
    }

    /// <summary>The asynchronous handler has completed: what waited meanwhile has its turn. Lane only.</summary>
    private void ReleaseLane(Exception? thrown)
    {
        if (thrown is not null)
        {
            Fail(CloseReason.HandlerFault, $"an asynchronous handler threw: {thrown}");
        }

        if (_holds > 0 && --_holds > 0)
        {
            return;
        }

        _isPaced = false;
        Interlocked.And(ref _interruption, ~HeldFlag);

        if (_closedDispatched)
        {
            FinishClosing();
            return;
        }

        _connecting?.TrySetResult(this);
        if (!_partial.IsEmpty && !IsInterrupted)
        {
            _isReceiving = true;
            DispatchPartial();
            _isReceiving = false;
        }

        if ((_interruption & HeldFlag) != 0)
        {
            // One of the messages that waited had an asynchronous handler again.
            return;
        }

        Resume();
        PublishTail();
    }

    private void Resume()
    {
        int held = _heldBytes;
        _heldBytes = 0;
        if (_pump is null)
        {
            _connection.ResumeReading();
        }
        else if (held > 0)
        {
            Consumed(held);
        }

        if (_endPending)
        {
            _endPending = false;
            LaneEnded();
        }

        if (_closedPending)
        {
            _closedPending = false;
            LaneClosed();
        }
    }
}
