using System.Diagnostics.CodeAnalysis;

namespace QContinuum;

/// <summary>
/// Peers that opened and wait to be taken, or takers that wait for peers. Nothing is kept before somebody takes for the first time; afterwards no more than are open.
/// Any thread.
/// </summary>
internal sealed class AcceptQueue
{
    private readonly Lock _gate = new();
    private readonly Line<Peer> _peers = new();
    private readonly Line<TaskCompletionSource<Peer>> _takers = new();
    private bool _isUsed;
    private bool _isClosed;

    /// <summary>Whether anybody ever takes.</summary>
    internal bool IsUsed => Volatile.Read(ref _isUsed);

    /// <summary>From the first call on, peers that open are kept; those that are open already are to be added by whoever calls.</summary>
    /// <returns>Whether it was the first.</returns>
    internal bool Use()
    {
        lock (_gate)
        {
            bool isFirst = !Volatile.Read(ref _isUsed);
            Volatile.Write(ref _isUsed, true);
            return isFirst;
        }
    }

    internal async Task<Peer> TakeAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource<Peer> taker = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, typeof(PeerServer));
            if (_peers.TryTakeFirst(out Peer? first))
            {
                return first;
            }

            _takers.Add(taker);
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
        lock (_gate)
        {
            while (_takers.TryTakeFirst(out TaskCompletionSource<Peer>? taker))
            {
                if (taker.TrySetResult(peer))
                {
                    return;
                }
            }

            if (!_isClosed)
            {
                _peers.Add(peer);
            }
        }
    }

    internal void Remove(Peer peer)
    {
        if (!Volatile.Read(ref _isUsed))
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
            while (_peers.TryTakeFirst(out _))
            {
            }

            while (_takers.TryTakeFirst(out TaskCompletionSource<Peer>? taker))
            {
                taker.TrySetException(new ObjectDisposedException(nameof(PeerServer)));
            }
        }
    }

    /// <summary>What came first is taken first, and what leaves is found at once.</summary>
    private sealed class Line<T>
        where T : notnull
    {
        private readonly LinkedList<T> _order = [];
        private readonly Dictionary<T, LinkedListNode<T>> _places = [];

        internal void Add(T one)
        {
            if (!_places.ContainsKey(one))
            {
                _places.Add(one, _order.AddLast(one));
            }
        }

        internal void Remove(T one)
        {
            if (_places.Remove(one, out LinkedListNode<T>? place))
            {
                _order.Remove(place);
            }
        }

        internal bool TryTakeFirst([MaybeNullWhen(false)] out T first)
        {
            if (_order.First is not { } place)
            {
                first = default;
                return false;
            }

            first = place.Value;
            Remove(first);
            return true;
        }
    }
}
