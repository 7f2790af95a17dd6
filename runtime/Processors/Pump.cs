using System.Collections.Concurrent;
using System.Diagnostics;
using QContinuum.Buffers;
using QContinuum.Loops;

namespace QContinuum.Processors;

/// <summary>What happened to a peer, for its pump.</summary>
internal enum PumpEvent
{
    Opened,
    Received,
    Ended,
    Closed,
}

/// <summary>One thing for a pump to do: an event of a peer and, for <see cref="PumpEvent.Received"/>, a retained run of bytes.</summary>
internal readonly record struct PumpItem(Peer Peer, PumpEvent Event, Block? Block, int Offset, int Length);

/// <summary>
/// The lane of a queued processor: one thread that handles the events of all its peers, one after another, in the order in which they came.
/// </summary>
/// <remarks>
/// The queue is bounded; when it is full its producers, the loops, stop reading the peer concerned and are scheduled again once there is
/// room: nothing is dropped. Parking follows the same protocol as the loop's: the pump raises <c>_sleeping</c>, fences, and looks again
/// before it waits; a producer pushes (a full fence) and then reads the flag.
/// </remarks>
internal sealed class Pump(string name) : Lane
{
    private const int Capacity = 4096;

    /// <summary>Items handled before what they sent is published: large enough to gather, small enough to answer soon.</summary>
    private const int ItemsATurn = 64;

    private readonly PumpQueue<PumpItem> _queue = new(Capacity);
    private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> _posts = new();
    private readonly ConcurrentQueue<Pollable> _waitingForRoom = new();
    private readonly object _parking = new();
    private readonly Lock _lifetime = new();
    private Thread? _thread;
    private int _users;
    private int _sleeping;

    private bool IsIdle => _queue.IsEmpty && _posts.IsEmpty && _waitingForRoom.IsEmpty;

    /// <summary>Somebody will use the pump: its thread runs from the first use on. Any thread, the pump's own as well.</summary>
    internal void Attach()
    {
        lock (_lifetime)
        {
            _users++;
            EnsureRunning();
        }
    }

    /// <summary>Somebody is done with the pump: after the last use its thread ends, once nothing is left to do. Any thread.</summary>
    internal void Detach()
    {
        lock (_lifetime)
        {
            Debug.Assert(_users > 0, "who detaches has attached");
            _users--;
        }

        WakeIfAsleep();
    }

    /// <summary>Any thread.</summary>
    /// <returns>False when the queue is full: see <see cref="WaitForRoom"/>.</returns>
    internal bool TryEnqueue(in PumpItem item)
    {
        if (!_queue.TryEnqueue(in item))
        {
            return false;
        }

        WakeIfAsleep();
        return true;
    }

    /// <summary>Has <paramref name="producer"/> scheduled once there may be room again. Any thread.</summary>
    internal void WaitForRoom(Pollable producer)
    {
        _waitingForRoom.Enqueue(producer);
        WakeIfAsleep();
    }

    internal override void Post(SendOrPostCallback callback, object? state)
    {
        _posts.Enqueue((callback, state));
        WakeIfAsleep();
        if (Volatile.Read(ref _thread) is null)
        {
            // A handler that awaited something longer than the pump was used: its rest runs on the lane all the same.
            lock (_lifetime)
            {
                EnsureRunning();
            }
        }
    }

    private void EnsureRunning()
    {
        if (_thread is null)
        {
            _thread = new Thread(Run) { IsBackground = true, Name = $"qcontinuum-pump-{name}" };
            _thread.UnsafeStart();
        }
    }

    private void Run()
    {
        Enter();
        while (true)
        {
            if (Turn())
            {
                continue;
            }

            if (TryEnd())
            {
                return;
            }

            Park();
        }
    }

    /// <summary>Whether the thread may end, which it then must: another one may be running already.</summary>
    private bool TryEnd()
    {
        lock (_lifetime)
        {
            if (_users > 0)
            {
                return false;
            }

            // Given up first and looked at the queues afterwards: a producer pushes first and looks for the thread afterwards.
            Thread? self = _thread;
            _thread = null;
            Interlocked.MemoryBarrier();
            if (IsIdle)
            {
                return true;
            }

            _thread = self;
            return false;
        }
    }

    private bool Turn()
    {
        int handled = 0;
        while (handled < ItemsATurn && _queue.TryDequeue(out PumpItem item))
        {
            item.Peer.Handle(in item);
            handled++;
        }

        for (int posts = _posts.Count; posts > 0 && _posts.TryDequeue(out var post); posts--)
        {
            RunPosted(post.Callback, post.State);
            handled++;
        }

        PublishAll();
        while (_waitingForRoom.TryDequeue(out Pollable? producer))
        {
            producer.Schedule();
        }

        return handled > 0;
    }

    private void Park()
    {
        Volatile.Write(ref _sleeping, 1);
        Interlocked.MemoryBarrier();
        if (IsIdle && Volatile.Read(ref _users) > 0)
        {
            lock (_parking)
            {
                while (Volatile.Read(ref _sleeping) == 1)
                {
                    Monitor.Wait(_parking);
                }
            }
        }

        Volatile.Write(ref _sleeping, 0);
    }

    private void WakeIfAsleep()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _sleeping) == 1 && Interlocked.Exchange(ref _sleeping, 0) == 1)
        {
            lock (_parking)
            {
                Monitor.Pulse(_parking);
            }
        }
    }
}
