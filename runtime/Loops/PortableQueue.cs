using System.Collections.Concurrent;

namespace QContinuum.Loops;

/// <summary>Where the loop of a <see cref="PortablePoller"/> waits: the sockets that it is to look at, and what they were found ready for.</summary>
/// <remarks>
/// Any thread may call <see cref="Complete"/> and <see cref="Wake"/>; everything else belongs to the loop. Whoever completes enqueues first and
/// wakes then, and the loop takes the wake-up first and empties the queue then: so what is not found now has left a wake-up for the next wait.
/// </remarks>
internal sealed class PortableQueue
{
    private readonly object _gate = new();
    private readonly ConcurrentQueue<PortableSocket> _completed = new();

    /// <summary>What the next wait looks at. What was ready stays here until it is so no more: that makes the poller level-triggered.</summary>
    private readonly List<PortableSocket> _listed = [];
    private readonly List<(ulong Key, Readiness Readiness)> _events = [];

    /// <summary>Guarded by <see cref="_gate"/>.</summary>
    private bool _isWoken;

    internal int Wait(int timeoutMilliseconds)
    {
        Look();
        Park(_events.Count > 0 ? 0 : timeoutMilliseconds);
        if (_events.Count == 0)
        {
            Look();
        }

        return _events.Count;
    }

    internal Readiness Event(int index, out ulong key)
    {
        key = _events[index].Key;
        return _events[index].Readiness;
    }

    /// <summary>Has the next wait look at a socket.</summary>
    internal void List(PortableSocket socket)
    {
        if (!socket.IsListed)
        {
            socket.IsListed = true;
            _listed.Add(socket);
        }
    }

    /// <summary>An operation of a socket has ended. Any thread.</summary>
    internal void Complete(PortableSocket socket)
    {
        _completed.Enqueue(socket);
        Wake();
    }

    /// <summary>Ends a wait, the present or the next one. Any thread.</summary>
    internal void Wake()
    {
        lock (_gate)
        {
            _isWoken = true;
            Monitor.Pulse(_gate);
        }
    }

    private void Park(int timeoutMilliseconds)
    {
        lock (_gate)
        {
            if (!_isWoken && timeoutMilliseconds != 0)
            {
                Monitor.Wait(_gate, timeoutMilliseconds);
            }

            _isWoken = false;
        }
    }

    private void Look()
    {
        while (_completed.TryDequeue(out PortableSocket? completed))
        {
            List(completed);
        }

        _events.Clear();
        int kept = 0;
        for (int i = 0; i < _listed.Count; i++)
        {
            PortableSocket socket = _listed[i];
            Readiness readiness = socket.Look();
            if (readiness == Readiness.None)
            {
                socket.IsListed = false;
                continue;
            }

            _events.Add((socket.Key, readiness));
            _listed[kept++] = socket;
        }

        _listed.RemoveRange(kept, _listed.Count - kept);
    }
}
