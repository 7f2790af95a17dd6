using System.Collections.Concurrent;
using System.Diagnostics;
using QContinuum.Buffers;
using QContinuum.Loops;

namespace QContinuum.Processors;

/// <summary>What a pump is to do.</summary>
internal enum PumpEvent
{
    Opened,
    Received,

    /// <summary>Nothing of the peer follows on this pump: it moves to another processor.</summary>
    Moved,
    Ended,
    Closed,

    /// <summary>A function was posted: no event of a peer.</summary>
    Posted,
}

/// <summary>
/// One thing for a pump to do: an event of a peer, with a retained block and a run of bytes in it where it is <see cref="PumpEvent.Received"/>, or a posted
/// function and its argument.
/// </summary>
internal readonly record struct PumpItem(object Target, PumpEvent Event, object? Argument, int Offset, int Length)
{
    /// <summary>Where the bytes are.</summary>
    internal Block? Block => (Block?)Argument;
}

/// <summary>
/// The lane of a queued processor: one thread that handles the events of all its peers and whatever is posted to it, one after another, in the order in
/// which they came.
/// </summary>
/// <remarks>
/// The queue is bounded; when it is full its producers, the loops, stop reading the peer concerned and are scheduled again once there is
/// room: nothing is dropped. What is posted cannot wait, since the pump itself may post: it then goes behind the queue, into which nothing is let until
/// that has its turn, so that the order is kept. All that is behind has its turn at once: what is posted meanwhile goes into the queue again, so that a function
/// which posts itself keeps nobody out.
/// Parking follows the same protocol as the loop's: the pump raises <c>_sleeping</c>, fences, and looks again
/// before it waits; a producer pushes (a full fence) and then reads the flag.
/// </remarks>
/// <param name="name">Of the processor, for the thread.</param>
/// <param name="log">Asked where to tell what posted code throws.</param>
/// <param name="host">Who takes the pump's steps in place of its thread; null for a thread.</param>
internal sealed partial class Pump(string name, Func<Action<string>> log, IPumpHost? host = null) : Lane
{
    private const int Capacity = 4096;

    /// <summary>Items handled before what they sent is published: large enough to gather, small enough to answer soon.</summary>
    private const int ItemsATurn = 64;

    private readonly PumpQueue<PumpItem> _queue = new(host?.Capacity ?? Capacity);
    private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> _behind = new();

    /// <summary>What was behind the queue, and has its turn before it. The pump's alone.</summary>
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _turn = new();
    private readonly ConcurrentQueue<Pollable> _waitingForRoom = new();
    private readonly object _parking = new();
    private readonly Lock _lifetime = new();

    /// <summary>The thread, or the host, that runs the pump; null while nobody does.</summary>
    private object? _runner;
    private int _users;
    private int _sleeping;

    /// <summary>What was posted while the queue was full: raised before it is put behind, lowered after it was taken from there.</summary>
    private int _behindCount;

    /// <inheritdoc/>
    protected override Action<string> Log => log();

    /// <summary>Posted functions that wait because the queue is full.</summary>
    internal int Behind => Volatile.Read(ref _behindCount);

    private bool IsIdle => _turn.Count == 0 && _queue.IsEmpty && Behind == 0 && _waitingForRoom.IsEmpty;

    /// <summary>Somebody will use the pump: its thread runs from the first use on. Any thread, the pump's own as well.</summary>
    internal void Attach()
    {
        lock (_lifetime)
        {
            EnsureRunning();
            _users++;
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

        Unpark();
    }

    /// <summary>Any thread.</summary>
    /// <returns>False when the queue is full: see <see cref="WaitForRoom"/>.</returns>
    internal bool TryEnqueue(in PumpItem item)
    {
        if (!TryEnqueueQuietly(in item))
        {
            return false;
        }

        WakeIfAsleep();
        return true;
    }

    /// <summary>The same, but the pump is not woken: the caller sees to that, by <see cref="Lane.WakeLater"/>. Any thread.</summary>
    internal bool TryEnqueueQuietly(in PumpItem item) => Behind == 0 && _queue.TryEnqueue(in item);

    /// <summary>Has <paramref name="producer"/> scheduled once there may be room again. Any thread.</summary>
    internal void WaitForRoom(Pollable producer)
    {
        _waitingForRoom.Enqueue(producer);
        Unpark();
    }

    internal override void Post(SendOrPostCallback callback, object? state)
    {
        if (Behind > 0 || !_queue.TryEnqueue(new PumpItem(callback, PumpEvent.Posted, state, 0, 0)))
        {
            Interlocked.Increment(ref _behindCount);
            _behind.Enqueue((callback, state));
        }

        WakeIfAsleep();
    }

    /// <summary>Something was put into a queue: the thread is there, and awake.</summary>
    internal override void WakeIfAsleep()
    {
        Unpark();
        if (Volatile.Read(ref _runner) is null)
        {
            // A handler that awaited something longer than the pump was used, or an end that had no room before: it runs on the lane all the same.
            lock (_lifetime)
            {
                EnsureRunning();
            }
        }
    }

    private void EnsureRunning()
    {
        if (_runner is not null)
        {
            return;
        }

        Thread? thread = host is null ? new(Run) { IsBackground = true, Name = $"qcontinuum-pump-{name}" } : null;
        _runner = (object?)host ?? thread;
        try
        {
            host?.Begin(this);
            thread?.UnsafeStart();
        }
        catch
        {
            // The system has no thread left, or no descriptor: who tries again may be luckier.
            _runner = null;
            throw;
        }
    }

    private void Run()
    {
        try
        {
            EnterStack();
            RunToTheEnd();
        }
        catch (Exception exception)
        {
            // Handlers cannot get here: what escapes a pump is a defect of the pump itself, as with a loop.
            Environment.FailFast("A pump failed.", exception);
        }
    }

    private void RunToTheEnd()
    {
        while (true)
        {
            if (Turn(ItemsATurn, Environment.TickCount64))
            {
                continue;
            }

            if (TryEnd())
            {
                return;
            }

            if (Park())
            {
                WaitForWake();
            }
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
            object? self = _runner;
            _runner = null;
            Interlocked.MemoryBarrier();
            if (IsIdle)
            {
                LeaveStack();
                return true;
            }

            _runner = self;
            return false;
        }
    }

    /// <summary>
    /// Handles what is there, and publishes what was sent meanwhile: soon, also where each item takes long. An item that blocks keeps what those before it in the turn have sent, since
    /// nobody knows before that it will: to publish before each item would cost a wake-up for each.
    /// </summary>
    /// <param name="most">Items, at most.</param>
    /// <param name="begun">By the system's clock; a later millisecond ends the turn.</param>
    private bool Turn(int most, long begun)
    {
        int handled = 0;
        for (; handled < most && (handled == 0 || Environment.TickCount64 <= begun); handled++)
        {
            if (_turn.TryDequeue(out var post))
            {
                Invoke(post.Callback, post.State);
            }
            else if (_queue.TryDequeue(out PumpItem item))
            {
                Handle(in item);
            }
            else if (!TakeBehind())
            {
                break;
            }
        }

        PublishAll();
        WakeWhoWaits();

        // No more than find room: of ten thousand that wait, all but a few would be sent away again each turn.
        for (int room = Behind == 0 ? _queue.Room : 0; room > 0 && _waitingForRoom.TryDequeue(out Pollable? producer); room--)
        {
            producer.Schedule();
        }

        return handled > 0;
    }

    private void Handle(in PumpItem item)
    {
        if (item.Event == PumpEvent.Posted)
        {
            Invoke((SendOrPostCallback)item.Target, item.Argument);
        }
        else
        {
            ((Peer)item.Target).Handle(in item);
        }
    }

    /// <summary>
    /// Takes what is behind the queue, once nothing is in it, not even what a producer has a place for and not yet put there: that came earlier. From then on
    /// producers are let in.
    /// </summary>
    private bool TakeBehind()
    {
        if (Behind == 0 || !_queue.IsDrained)
        {
            return false;
        }

        for (int left = Behind; left > 0 && _behind.TryDequeue(out var post); left--)
        {
            _turn.Enqueue(post);
        }

        // At once: were it lowered with each, somebody who posts again and again would never let it come to nothing.
        Interlocked.Add(ref _behindCount, -_turn.Count);
        return _turn.Count > 0;
    }

    /// <returns>Whether there is nothing to do: it sleeps from now on, until somebody wakes it.</returns>
    private bool Park()
    {
        // Raised before the queues are looked at: who put something in finds the flag, or is found here.
        Volatile.Write(ref _sleeping, 1);
        Interlocked.MemoryBarrier();
        if (IsIdle && Volatile.Read(ref _users) > 0)
        {
            Pool.CollectBeforeSleep();
            return true;
        }

        Volatile.Write(ref _sleeping, 0);
        return false;
    }

    private void WaitForWake()
    {
        lock (_parking)
        {
            while (Volatile.Read(ref _sleeping) == 1)
            {
                Monitor.Wait(_parking);
            }
        }
    }

    /// <summary>A pump that has ended is not begun for it: its pool ends with its thread.</summary>
    protected override void WakeToCollect() => Unpark();

    private void Unpark()
    {
        // What was put into a queue by a releasing store alone is to be seen before the flag is looked at.
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
