using QContinuum.Loops;

namespace QContinuum;

/// <summary>While an asynchronous handler waits, so does everything else of its peer. All of it belongs to the lane's thread.</summary>
public sealed partial class Peer
{
    /// <summary>Bytes of <see cref="_handed"/> that the lane keeps meanwhile. The loop reads it.</summary>
    private int _heldBytes;
    private int _holds;

    /// <summary>How many of them are handlers.</summary>
    private int _handlers;
    private bool _endPending;
    private bool _closedPending;

    /// <summary>
    /// Holds the lane until an asynchronous handler completes: no further message of this peer is dispatched meanwhile. It may be held for
    /// more than one thing, and goes on when all are done. Lane only.
    /// </summary>
    internal void Hold(ValueTask handler)
    {
        HoldUntil(handler, HeldBy.Handler);
        _handlers++;
        if (_endPending || Volatile.Read(ref _isHungUp))
        {
            BeginPatience();
        }
    }

    private void HoldUntil(ValueTask isTime, HeldBy what)
    {
        if (what == HeldBy.Rate)
        {
            Extras.RateHolds++;
        }

        BeginHold();
        _ = ReleaseWhenDoneAsync(isTime, what);
    }

    /// <summary>Until <see cref="ReleaseLane"/>.</summary>
    private void BeginHold()
    {
        _holds++;
        Interlocked.Or(ref _interruption, HeldFlag);
        Volatile.Write(ref _restAwaited, 0);
        if (_firstAwaited > 0)
        {
            Volatile.Write(ref _firstAwaited, Later);
        }
    }

    private async Task ReleaseWhenDoneAsync(ValueTask handler, HeldBy what)
    {
        Exception? thrown = null;
        int givenUp = GivenUp;
        try
        {
#pragma warning disable CA2007 // Back on the lane: otherwise the thread pool would come in between, and what is posted here would come late.
            await handler;
#pragma warning restore CA2007
        }
        catch (Exception exception)
        {
            thrown = exception;
        }

        _lane.Post(
            static state =>
            {
                var (peer, exception, givenUp, what) = ((Peer, Exception?, int, HeldBy))state!;
                peer.ReleaseLane(exception, givenUp, what);
            },
            (this, thrown, givenUp, what));
    }

    /// <summary>What held the lane has completed: when it was the last, what waited meanwhile has its turn. Lane only.</summary>
    private void ReleaseLane(Exception? thrown, int givenUp, HeldBy what)
    {
        if (thrown is not null && (_closedDispatched || _isDeparting || givenUp != GivenUp))
        {
            _options.WriteLog($"{this}: the asynchronous handler of its end threw: {Thrown.Text(thrown)}");
        }
        else if (thrown is not null && !IsGivingUp(thrown))
        {
            if (Volatile.Read(ref _isAnnounced))
            {
                HandlerThrew("an asynchronous handler", thrown);
                _goesOn = false;
            }
            else
            {
                Fail(CloseReason.HandlerFault, $"the asynchronous handler of its opening threw: {Thrown.Text(thrown)}");
            }
        }

        if (givenUp != GivenUp)
        {
            return;
        }

        if (what == HeldBy.Rate)
        {
            Extras.RateHolds--;
        }
        else if (what == HeldBy.Room)
        {
            // Though a handler holds the lane still: what it answers from here on has to find room as well.
            _isPaced = false;
        }
        else if (what == HeldBy.Handler && --_handlers == 0 && !_closedPending && !_closedDispatched && !_isDeparting)
        {
            // An end in order waits for what the other side has to take or to keep to, which has deadlines of its own.
            EndPatience();
        }

        if (_holds > 0 && --_holds > 0)
        {
            return;
        }

        EndPatience();
        LookAnew();

        // One word for flags that any thread raises: none of theirs is lost. The loop, which reads it, merely reads on a moment later or earlier.
        Interlocked.And(ref _interruption, ~HeldFlag);

        if (_closedDispatched)
        {
            FinishClosing();
            return;
        }

        if (_isDeparting)
        {
            Switch();
            return;
        }

        FinishOpening();
        GoOn();
    }

    /// <summary>Nothing holds the lane any more: what has been kept is dispatched, and the peer is read again. Lane only.</summary>
    private void GoOn()
    {
        if (!_partial.IsEmpty && !IsInterrupted)
        {
            BeginReceiving();
            DispatchPartial();
            EndReceiving();
            ConsumeHandled();
        }

        if ((_interruption & HeldFlag) != 0)
        {
            // One of the messages that waited had an asynchronous handler again, or together they took long again.
            if (!Yields)
            {
                LookAhead();
                if (_endPending && _handlers > 0 && !Volatile.Read(ref _hasNoReplies))
                {
                    EndReplies();
                }
            }

            if (AwaitsReplies && (Pump is null || Volatile.Read(ref _awaitsConsumption)))
            {
                // It was full for a handler that has ended: for the one that runs now, more may be let in.
                _connection.ResumeReading();
            }

            return;
        }

        if ((_interruption & MovingFlag) != 0)
        {
            BeginMoving();
            return;
        }

        Await();
        Resume();
        PublishTail();
    }

    /// <summary>What was handled of that which the lane keeps does not wait any more: a lane that is held again and again is read all the same. Who reads by hand may have it still. Lane only.</summary>
    private void ConsumeHandled()
    {
        int handled = Math.Max(_heldBytes - _partial.Length, 0);
        if (Reader is null)
        {
            _heldBytes -= handled;
            Consumed(handled);
        }
    }

    private void Resume()
    {
        int held = _heldBytes;
        _heldBytes = 0;
        if (held > 0)
        {
            Consumed(held);
        }

        if (Pump is null)
        {
            _connection.ResumeReading();
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

    /// <summary>What the lane waits for.</summary>
    private enum HeldBy
    {
        Handler,

        /// <summary>The other side, which is to take what it asked for.</summary>
        Room,

        /// <summary>The time until the other side has kept to its rate.</summary>
        Rate,

        /// <summary>The others of its lane, whose turn it is.</summary>
        Turn,
    }
}
