using System.Diagnostics;
using QContinuum.Loops;
using QContinuum.Processors;

namespace QContinuum;

/// <summary>How a live peer goes from one processor to another.</summary>
/// <remarks>
/// <code>
///   lane A: Redirect ──► BeginMoving: dispatches nothing more, keeps what arrives
///   loop:     Moving: hands A a last mark, reads nothing, keeps the end if it comes         (an inline A is the loop: at once)
///   lane A: Depart, when the mark is there: all that was ever for A is here ──► Closed(Redirected) ──► Switch
///   lane B: Arrive: Opened ──► what was kept, from the next message on
///   loop:     Moved: what it kept goes to B, reading goes on
/// </code>
/// So nothing is seen by A after B's first, and nothing is lost between them. The lane's state passes from A to B with the function that is posted to B.
/// </remarks>
public sealed partial class Peer
{
    /// <summary>Whether an arrival is under way on this thread: who goes on from there at once, and again, arrives next to it, not within it, or the stack would not hold it.</summary>
    [ThreadStatic]
    private static bool t_isWithinArrival;

    // The loop's.
    private bool _isMoving;

    // The lane's.
    private bool _moveRequested;
    private bool _isDeparting;
    private bool _isArriving;

    /// <summary>Whether the calling thread is the peer's lane.</summary>
    internal bool IsHere => Volatile.Read(ref _lane).IsCurrent;

    /// <summary>
    /// Hands the peer to another processor, from the next message on: after the handler that runs now, if one does, and also in the middle of what has been
    /// received. The processor that it leaves sees <see cref="ClosedAttribute">Closed</see> with <see cref="CloseReason.Redirected"/>, then the next one
    /// <see cref="OpenedAttribute">Opened</see>, and from there on nothing is seen by the first. The peer stays the same object with its
    /// <see cref="State"/>, unless Opened returns another. The next processor may run on other threads and speak another header, or be sent one; requests that wait for
    /// replies then fail. While that Closed handler runs the peer is not read: a request that it makes throws at once. Of two redirects that follow one
    /// another at once the latter stands. Where the system has no thread for the next one, the peer is closed (<see cref="CloseReason.HandlerFault"/>) once the first has seen
    /// Closed. Who reads the peer by hand has the frames that it has taken; what it has not taken when it stops to ask for frames, or asks for the next, is the next
    /// processor's.
    /// </summary>
    /// <param name="next">The processor.</param>
    /// <returns>
    /// False when the peer is closing or closed: then it stays where it is. It stays as well, and the log says so, where on another thread a body begins to be read in pieces
    /// at that very moment.
    /// </returns>
    /// <exception cref="InvalidOperationException">
    /// The processor is <see cref="Threading.PerLoop"/>, and belongs to another loop than the peer; or a body is being read in pieces, and its end has not come.
    /// </exception>
    public bool Redirect(Processor next)
    {
        ArgumentNullException.ThrowIfNull(next);
        if (Reader is { IsWithinBody: true })
        {
            throw new InvalidOperationException($"{this} is in the middle of a body that is read in pieces: read it to its end first.");
        }

        if (!next.TryBind(_connection.Loop))
        {
            throw new InvalidOperationException(
                $"{this} stays on its event loop, and this {next.GetType().Name}, which is {nameof(Threading.PerLoop)}, belongs to another loop: "
                + "redirect the peer to the one of its own loop, or to a processor that belongs to none.");
        }

        if (Reason != CloseReason.None)
        {
            return false;
        }

        // Where to, before that: the lane reads it once it has seen the flag, which is raised by a full fence.
        Volatile.Write(ref Extras.Next, next);
        Interlocked.Or(ref _interruption, MovingFlag);
        if (!(IsHere && _isReceiving))
        {
            PostToLane(static peer => peer.BeginMoving());
        }

        return true;
    }

    void Transports.IConnectionOwner.OnMoving()
    {
        if (!_isMoving && Pump is not null)
        {
            // Nothing more is let past the mark.
            ToPump(new PumpItem(this, PumpEvent.Moved, null, 0, 0));
            _isMoving = true;
        }
    }

    void Transports.IConnectionOwner.OnMoved() => _isMoving = false;

    /// <summary>Runs a function on the lane of the peer, whichever that is by then. Any thread.</summary>
    private void PostToLane(Action<Peer> action)
        => Volatile.Read(ref _lane).Post(
            static state =>
            {
                var (peer, action) = ((Peer, Action<Peer>))state!;
                if (peer.IsHere)
                {
                    action(peer);
                }
                else if (peer.Reason == CloseReason.None)
                {
                    // It has gone to another lane meanwhile.
                    peer.PostToLane(action);
                }
            },
            (this, action));

    /// <summary>Nothing more is dispatched by this processor. Lane only.</summary>
    private void BeginMoving()
    {
        if ((_interruption & (HeldFlag | MovingFlag)) != MovingFlag || _moveRequested || _isReceiving || _isArriving)
        {
            TakeBackFromReader();
            // A handler runs, which begins it at its end; or it has begun; or the last one has not ended, whose end begins it.
            return;
        }

        if (!HasNext())
        {
            GoOn();
            return;
        }

        if (Reader is { BodyLeft: > 0 })
        {
            // Its reader has what came of it, so that nothing holds the lane.
            StayWithinBody();
            GoOn();
            return;
        }

        _moveRequested = true;
        if (Pump is null)
        {
            _isMoving = true;
            Depart();
        }
        else
        {
            _connection.BeginMoving();
        }
    }

    /// <summary>
    /// Whether there is somewhere to go: of two who redirect at once one may raise the flag after the move to where it said has been made. Then the flag is lowered. Lane only.
    /// </summary>
    private bool HasNext()
    {
        if (Volatile.Read(ref Extras.Next) is not null)
        {
            return true;
        }

        // Lowered first and looked for afterwards, as in Arrive.
        Interlocked.And(ref _interruption, ~MovingFlag);
        if (Volatile.Read(ref Extras.Next) is null)
        {
            return false;
        }

        Interlocked.Or(ref _interruption, MovingFlag);
        return true;
    }

    /// <summary>What a reader was given and has not looked at is the next processor's; the lane, which waits for the reader, is let go then.</summary>
    private void TakeBackFromReader()
    {
        if (Reader is not { } reader || (_interruption & (HeldFlag | MovingFlag)) != (HeldFlag | MovingFlag) || _isReceiving || _isArriving)
        {
            return;
        }

        if (reader.TryTakeBack(ref _partial, _lane.Pool))
        {
            // What was looked at is not in front any more: replies are looked for from where a frame begins. One that is seen again is known.
            LookAnew();
        }
        else
        {
            StayWithinBody();
        }
    }

    private void StayWithinBody()
    {
        _options.WriteLog($"{this} is not redirected: the rest of a body that is read in pieces is still to come");
        CancelMove();
    }

    /// <summary>All that was for this processor is here. Lane only.</summary>
    private void Depart()
    {
        if (!_moveRequested)
        {
            // It was closed meanwhile, and stayed.
            return;
        }

        if (Reason != CloseReason.None)
        {
            CancelMove();
            Resume();
            return;
        }

        _isDeparting = true;
        if (_hasOpened)
        {
            _hasOpened = false;
            bool wasCall = BeginCall();
            try
            {
                _processor.Close(this, CloseReason.Redirected);
            }
            catch (Exception exception)
            {
                _options.WriteLog($"{this}: the handler of its redirection threw: {Thrown.Text(exception)}");
            }

            _lane.IsCall = wasCall;
        }

        if ((_interruption & HeldFlag) == 0)
        {
            Switch();
        }
        else
        {
            BeginPatience();
        }
    }

    /// <summary>The peer stays where it is. Lane only.</summary>
    private void CancelMove()
    {
        if ((Interlocked.And(ref _interruption, ~MovingFlag) & MovingFlag) != 0 || _moveRequested)
        {
            _moveRequested = false;
            Volatile.Write(ref Extras.Next, null);
            _connection.EndMoving();
        }
    }

    /// <summary>The last that the lane does for the peer: what is the lane's passes to the next one.</summary>
    private void Switch()
    {
        Debug.Assert(IsHere && (_interruption & HeldFlag) == 0, "the lane is free to go");
        PublishTail(here: false);
        Processor left = _processor;
        Processor next = Interlocked.Exchange(ref Extras.Next, null)!;
        if (!TryEnter(next))
        {
            return;
        }

        CloseUnfit(next);
        bool wasAttached = _isAttached;
        _isAttached = true;
        _isDeparting = false;
        _isArriving = true;
        _moveRequested = false;
        LookAnew();
        Volatile.Write(ref _processor, next);

        // Once more: another thread may have begun one for the processor that is left. It looks afterwards as well.
        Interlocked.MemoryBarrier();
        CloseUnfit();

        // From here on the lane is another thread's: all that was written above is released by this store, and acquired by what is posted to that thread below.
        Lane lane = next.Pump ?? (Lane)_connection.Loop;
        Volatile.Write(ref _lane, lane);
        if (lane == Lane.Current && !t_isWithinArrival)
        {
            t_isWithinArrival = true;
            Arrive();
            t_isWithinArrival = false;
        }
        else
        {
            lane.Post(static peer => ((Peer)peer!).Arrive(), this);
        }

        left.Leave();
        if (wasAttached)
        {
            left.Detach();
        }
    }

    /// <summary>Begins to use the next processor. Where there is no thread for its pump, the peer ends here, in order.</summary>
    private bool TryEnter(Processor next)
    {
        _isLate = !next.TryEnter();
        try
        {
            next.Attach(_options.Log);
            return true;
        }
        catch (Exception exception)
        {
            if (!_isLate)
            {
                next.Leave();
            }

            _isLate = false;
            _isDeparting = false;
            Fail(CloseReason.HandlerFault, $"the {next.GetType().Name} that it was redirected to could not be started: {Thrown.Text(exception)}");
            CancelMove();
            Resume();
            return false;
        }
    }

    /// <summary>The first that the next lane does for the peer.</summary>
    private void Arrive()
    {
        _isArriving = false;

        // Cleared first and looked for afterwards: who redirects it meanwhile sets the next one first, and the flag afterwards.
        Interlocked.And(ref _interruption, ~MovingFlag);
        if (Volatile.Read(ref Extras.Next) is not null)
        {
            Interlocked.Or(ref _interruption, MovingFlag);
        }

        if (_processor.IsStopping)
        {
            StopBy(_processor);
        }

        if (Reason == CloseReason.None)
        {
            LaneOpened();
        }
        else
        {
            // Without Opened nothing is handled, and no Closed comes.
            Interlocked.Or(ref _interruption, StoppedFlag);
            _partial.Clear();
        }

        _connection.EndMoving();
        if ((_interruption & HeldFlag) == 0)
        {
            GoOn();
        }
    }
}
