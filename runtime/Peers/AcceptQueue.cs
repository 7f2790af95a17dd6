namespace QContinuum;

/// <summary>
/// Peers that opened and wait to be taken, or takers that wait for peers. Nothing is kept before somebody takes for the first time; afterwards no more than are open.
/// Any thread.
/// </summary>
internal sealed class AcceptQueue
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Peer> _peers = [];
    private readonly LinkedList<TaskCompletionSource<Peer>> _takers = [];
    private volatile bool _isUsed;
    private bool _isClosed;

    internal async Task<Peer> TakeAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource<Peer> taker = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, typeof(PeerServer));
            _isUsed = true;
            if (_peers.First is { } first)
            {
                _peers.RemoveFirst();
                return first.Value;
            }

            _takers.AddLast(taker);
        }

        await using (cancellationToken.UnsafeRegister(
            state =>
            {
                lock (_gate)
                {
                    _takers.Remove((TaskCompletionSource<Peer>)state!);
                }

                ((TaskCompletionSource<Peer>)state!).TrySetCanceled(cancellationToken);
            },
            taker).ConfigureAwait(false))
        {
            return await taker.Task.ConfigureAwait(false);
        }
    }

    internal void Add(Peer peer)
    {
        if (!_isUsed)
        {
            return;
        }

        lock (_gate)
        {
            while (_takers.First is { } taker)
            {
                _takers.RemoveFirst();
                if (taker.Value.TrySetResult(peer))
                {
                    return;
                }
            }

            if (!_isClosed)
            {
                _peers.AddLast(peer);
            }
        }
    }

    internal void Remove(Peer peer)
    {
        if (!_isUsed)
        {
            return;
        }

        lock (_gate)
        {
            _peers.Remove(peer);
        }
    }

    internal void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _peers.Clear();
            foreach (TaskCompletionSource<Peer> taker in _takers)
            {
                taker.TrySetException(new ObjectDisposedException(nameof(PeerServer)));
            }

            _takers.Clear();
        }
    }
}
