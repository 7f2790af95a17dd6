using QContinuum.Loops;
using QContinuum.Transports;

namespace QContinuum;

/// <content>Its end: nothing is accepted, peers finish, and what has not is reset.</content>
public sealed partial class PeerServer
{
    /// <summary>
    /// Stops the server in order: nothing is accepted any more, what was received is handled, what is queued is written, every peer is told
    /// and closed (<see cref="CloseReason.Stopped"/>). After <see cref="PeerServerOptions.DrainTimeout"/> what is left is reset. Stopping
    /// twice is stopping once. Not to be awaited in a handler, which it would wait for.
    /// </summary>
    /// <param name="cancellationToken">Ends the patience: what is left is reset at once. Of several calls that of the first counts.</param>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        Task stopping;
        lock (_gate)
        {
            stopping = _stopping ??= StopCoreAsync(cancellationToken);
        }

        await stopping.ConfigureAwait(false);
    }

    /// <summary>Stops the server, as <see cref="StopAsync"/> does.</summary>
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    private async Task StopCoreAsync(CancellationToken cancellationToken)
    {
        // Off the caller's thread: it may be a lane, which must not wait for itself, and it holds the lock.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await StopListeningAsync(cancellationToken).ConfigureAwait(false);
        _opened.Close();
        if (_loops is not { } loops)
        {
            return;
        }

        Ended();
        ForEachPeer(loops, static peer => peer.StopByServer());
        if (!await IsDoneAsync(_drained.Task, _options.DrainTimeout, _options.TimeProvider, cancellationToken).ConfigureAwait(false))
        {
            ForEachPeer(loops, static peer => peer.AbortByServer());
            if (!await IsDoneAsync(_drained.Task, _options.ClosedPatience, TimeProvider.System, CancellationToken.None).ConfigureAwait(false))
            {
                _options.Peers.WriteLog($"The server stops with {PeerCount} peers whose handlers have not ended.");
            }
        }

        if (loops.Stop(_options.ClosedPatience) is > 0 and var blocked)
        {
            _options.Peers.WriteLog($"The server stops although handlers block {blocked} of its loops: their threads end when these return.");
        }

        foreach (Processor processor in _processors)
        {
            processor.Detach();
        }

        _meter?.Dispose();
    }

    private async Task StopListeningAsync(CancellationToken cancellationToken)
    {
        Task stopped = Task.WhenAll(_listeners.Select(StopListenerAsync));
        if (!await IsDoneAsync(stopped, _options.DrainTimeout, _options.TimeProvider, cancellationToken).ConfigureAwait(false))
        {
            // Its loop serves nothing at present: a handler may block it.
            await IsDoneAsync(stopped, _options.ClosedPatience, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>What a listener throws costs what it could not do, the file of its socket above all: the others stop, and the peers finish.</summary>
    private async Task StopListenerAsync(IListener listener)
    {
        try
        {
            await listener.StopAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _options.Peers.WriteLog($"A listener did not stop in order: {Thrown.Text(exception)}");
        }
    }

    private static async Task<bool> IsDoneAsync(Task task, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await task.WaitAsync(patience, time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    private static void ForEachPeer(LoopGroup loops, Action<Peer> action)
        => loops.ForEach(
            action,
            static (pollable, action) =>
            {
                if (pollable is Connection { Owner: Peer peer })
                {
                    ((Action<Peer>)action!)(peer);
                }
            });
}
