using QContinuum.Pulling;

namespace QContinuum;

/// <summary>An asynchronous handler that does not end must not keep a peer for ever that is at its end. All of it belongs to the lane's thread.</summary>
public sealed partial class Peer
{
    /// <summary>How long an end waits for a handler that still runs.</summary>
    private static readonly TimeSpan HandlerPatience = TimeSpan.FromSeconds(30);

    private int GivenUp => _extras?.GivenUp ?? 0;

    /// <summary>Something waits for the handler that runs, and does not wait for ever.</summary>
    private void BeginPatience()
        => Extras.Patience ??= _connection.Loop.CallLater(
            static peer => ((Peer)peer!)._lane.Post(static peer => ((Peer)peer!).LosePatience(), peer),
            this,
            HandlerPatience);

    /// <summary>Nobody is there any more: no handler is waited for as long as it likes.</summary>
    private void BeginPatienceIfHeld()
    {
        if (_handlers > 0)
        {
            BeginPatience();
        }
    }

    private void EndPatience()
    {
        if (_extras is { Patience: { } patience } extras)
        {
            patience.Dispose();
            extras.Patience = null;
        }
    }

    /// <summary>Who reads by hand has the time it takes; who went away may come again as long as the peer might be idle, unless its processor stops, or it was reset.</summary>
    private void AwaitReader(PullReader reader)
    {
        if (reader.UnreadSince is > 0 and var unread)
        {
            TimeSpan idle = _options.IdleTimeout;
            if (Volatile.Read(ref _isStopped) || _connection.IsReset)
            {
                TrySetReason(EndReason);
            }
            else if (idle != Timeout.InfiniteTimeSpan && Clock() - unread >= (long)idle.TotalMilliseconds)
            {
                TrySetReason(CloseReason.Idle);
            }
        }

        BeginPatience();
    }

    private void LosePatience()
    {
        if (_extras?.Patience is null || !IsHere)
        {
            // It has ended meanwhile, or the peer has gone to another lane.
            return;
        }

        EndPatience();
        if (Reader is { } reader && Reason == CloseReason.None && !_isDeparting)
        {
            AwaitReader(reader);
            return;
        }

        if (Reason == CloseReason.None && !_isDeparting)
        {
            // The other side may wait for the answer, or be gone altogether; or the processor stops. What the handler awaits is cancelled, and it has as long again.
            TrySetReason(EndReason);
            BeginPatience();
            return;
        }

        _options.WriteLog($"{this}: an asynchronous handler still runs {HandlerPatience.TotalSeconds} s after it was to end, and is not waited for any longer");
        Extras.GivenUp++;
        Extras.RateHolds = 0;
        _holds = 0;
        _handlers = 0;
        _stretch = 0;
        _isPaced = false;

        // As in ReleaseLane.
        Interlocked.And(ref _interruption, ~HeldFlag);
        if (_closedDispatched)
        {
            FinishClosing();
        }
        else if (_isDeparting)
        {
            Switch();
        }
        else
        {
            Interlocked.Or(ref _interruption, StoppedFlag);
            CancelMove();
            Resume();
            PublishTail();
        }
    }
}
