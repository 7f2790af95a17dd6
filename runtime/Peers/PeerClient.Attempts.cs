using QContinuum.Loops;

namespace QContinuum;

/// <summary>One attempt after another: the only task that connects, waits and changes the state.</summary>
public sealed partial class PeerClient
{
    /// <summary>How long an attempt that is given up may take to end: an Opened handler that runs may take half a minute.</summary>
    private static readonly TimeSpan AttemptPatience = TimeSpan.FromSeconds(40);

    private async Task RunAsync()
    {
        // Off the caller's thread, which holds the lock.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        Exception? end;
        try
        {
            end = await ConnectAgainAndAgainAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // What the application gave the client to call; what attempts throw is not met here.
            end = exception;
        }

        lock (_gate)
        {
            Stopped(_stop.IsCancellationRequested || end is null ? new ObjectDisposedException(nameof(PeerClient), "The client was stopped.") : end);
        }

        Tell(After(end, PeerClientState.Stopped));
    }

    /// <returns>Why there is no further attempt; null when the client is stopped.</returns>
    private async Task<Exception?> ConnectAgainAndAgainAsync()
    {
        Backoff backoff = new(_options.FirstDelay, _options.LongestDelay);
        while (!_stop.IsCancellationRequested)
        {
            Enter(new PeerClientChange(PeerClientState.Connecting));
            Exception error;
            bool proved = false;
            try
            {
                Peer peer = await AttemptAsync().ConfigureAwait(false);
                long since = _options.TimeProvider.GetTimestamp();
                error = new PeerClosedException(await ServeAsync(peer).ConfigureAwait(false));
                proved = _options.TimeProvider.GetElapsedTime(since) >= _options.ProvedAfter;
            }
            catch (Exception exception)
            {
                error = exception;
            }

            if (_stop.IsCancellationRequested)
            {
                break;
            }

            if (IsHopeless(error))
            {
                return error;
            }

            if (proved)
            {
                backoff.Proved();
            }
            else
            {
                backoff.Failed();
            }

            if (backoff.Failures >= _options.MaxAttempts)
            {
                return error;
            }

            await WaitAsync(backoff.Next(_options.Jitter), error).ConfigureAwait(false);
        }

        return null;
    }

    /// <summary>One attempt, with its time-out.</summary>
    private async Task<Peer> AttemptAsync()
    {
        using CancellationTokenSource late = new(_options.ConnectTimeout, _options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, _stop.Token);
        try
        {
            Task<Peer> connecting = _connect(either.Token);
            if (!connecting.IsCompleted && await IsOverdueAsync(connecting, either.Token).ConfigureAwait(false))
            {
                CloseWhenMade(connecting);
                _options.Peers.WriteLog($"{this}: an attempt that was given up does not end, and is not waited for.");
                throw new OperationCanceledException(either.Token);
            }

            return await connecting.ConfigureAwait(false) ?? throw new InvalidOperationException("What connects gave no peer.");
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            throw new TimeoutException($"No connection was made within {_options.ConnectTimeout.TotalSeconds} s.");
        }
    }

    /// <returns>Whether the attempt was given up, and has not ended in all the time that it had for that.</returns>
    private async Task<bool> IsOverdueAsync(Task connecting, CancellationToken givenUp)
    {
        TaskCompletionSource given = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (givenUp.UnsafeRegister(static given => ((TaskCompletionSource)given!).SetResult(), given).ConfigureAwait(false))
        {
            if (await Task.WhenAny(connecting, given.Task).ConfigureAwait(false) == connecting)
            {
                return false;
            }
        }

        using CancellationTokenSource ended = new();
        Task patience = Task.Delay(AttemptPatience, _options.TimeProvider, ended.Token);
        bool isOverdue = await Task.WhenAny(connecting, patience).ConfigureAwait(false) != connecting;
        await ended.CancelAsync().ConfigureAwait(false);
        return isOverdue;
    }

    /// <summary>Nobody waits for it any more: what it makes is closed, and what it throws is nobody's.</summary>
    private static void CloseWhenMade(Task<Peer> connecting) => _ = connecting.ContinueWith(
        static made =>
        {
            if (made.IsCompletedSuccessfully)
            {
                made.Result?.Close();
            }

            _ = made.Exception;
        },
        CancellationToken.None,
        TaskContinuationOptions.None,
        TaskScheduler.Default);

    /// <summary>The life of a connection.</summary>
    /// <returns>Why it ended.</returns>
    private async Task<CloseReason> ServeAsync(Peer peer)
    {
        bool isWanted;
        lock (_gate)
        {
            isWanted = !_stop.IsCancellationRequested;
            if (isWanted)
            {
                _peer = peer;
                _state = PeerClientState.Connected;
                _next.SetResult(peer);
            }
        }

        if (!isWanted)
        {
            // It came too late, and nobody hears of it.
            peer.Close();
            return await peer.Completion.ConfigureAwait(false);
        }

        CloseReason reason;
        await using (_stop.Token.UnsafeRegister(static state => ((Peer)state!).Close(), peer).ConfigureAwait(false))
        {
            Tell(new PeerClientChange(PeerClientState.Connected));
            reason = await peer.Completion.ConfigureAwait(false);
        }

        lock (_gate)
        {
            // Somebody who found it closing may have forgotten it before.
            if (_peer is not null)
            {
                ForgetPeer();
            }
        }

        return reason;
    }

    private async Task WaitAsync(TimeSpan delay, Exception error)
    {
        if (error is not PeerClosedException)
        {
            _options.Peers.WriteLog($"{this}: no connection, {delay.TotalSeconds:0.###} s until the next attempt: {Thrown.Message(error)}");
        }

        // Begun before it is told: whoever moves the clock when told has moved it for this delay.
        Task over = Task.Delay(delay, _options.TimeProvider, _stop.Token);
        Enter(After(error, PeerClientState.Waiting, delay));
        await over.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Whether another attempt would fail as this one did: the call is wrong, or the application wants no other.</summary>
    private bool IsHopeless(Exception error) => error switch
    {
        PeerClosedException closed => !_options.ReconnectWhen(closed.Reason),
        ArgumentException or FormatException or InvalidOperationException or NotSupportedException => true,
        _ => false,
    };

    private static PeerClientChange After(Exception? error, PeerClientState state, TimeSpan delay = default)
        => error is PeerClosedException closed
            ? new PeerClientChange(state, Reason: closed.Reason, Delay: delay)
            : new PeerClientChange(state, Error: error, Delay: delay);

    private void Enter(in PeerClientChange change)
    {
        lock (_gate)
        {
            _state = change.State;
        }

        Tell(in change);
    }

    private void Tell(in PeerClientChange change)
    {
        try
        {
            _options.Changed?.Invoke(change);
        }
        catch (Exception exception)
        {
            _options.Peers.WriteLog($"{this}: what is told of its changes threw: {Thrown.Text(exception)}");
        }
    }
}
