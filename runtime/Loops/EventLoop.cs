using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using QContinuum.Buffers;

namespace QContinuum.Loops;

/// <summary>
/// A thread that waits for its handles and serves them: what every loop has, whatever it waits with. Every system call on a connection's
/// handle is made by its loop's thread; other threads put work on <see cref="Enqueue"/> or <see cref="Lane.Post"/> and wake it.
/// </summary>
/// <remarks>
/// The wake protocol is Dekker's. The loop writes <c>_sleeping = 1</c>, fences, and looks at its queues before it waits; a producer pushes
/// with an interlocked operation (a full fence) and then reads <c>_sleeping</c>. One of the two sees the other, so no work is left behind.
/// </remarks>
internal abstract partial class EventLoop : Lane
{
    /// <summary>Room for a read: 64 KiB, so that a frame of that size usually arrives in one.</summary>
    internal const int ReadSize = 64 * 1024;

    /// <summary>Posted callbacks run in one turn, so that a flood of them cannot keep handles from being served.</summary>
    private const int PostsATurn = 256;

    /// <summary>What the clock of a loop begins with, in milliseconds: more than the second that rates look back, so that who comes first has been quiet for as long.</summary>
    private const long Beginning = 10_000;

    /// <summary>Turns in which a thread that ends does what the last things that it does lead to; what goes on for ever goes on elsewhere.</summary>
    private const int LateTurns = 16;

    /// <summary>
    /// Whether somebody does what is late, or is about to: one at a time, first the loop's own thread. Nobody waits for his turn, since who lowers it looks afterwards whether more
    /// has come.
    /// </summary>
    private int _isLateServed = 1;

    /// <summary>Null until something is posted: a loop need not start with what no machine code is there for yet.</summary>
    private ConcurrentQueue<(SendOrPostCallback Callback, object? State)>? _posts;
    private readonly TimeProvider _time;
    private readonly long _began;
    private long _now;
    private readonly Thread _thread;

    /// <summary>Wakes the loop where its clock is not the system's: the kernel does not wait by a clock that somebody moves.</summary>
    private readonly ITimer? _alarm;
    private Block? _stagingBlock;
    private Pollable? _scheduled;
    private int _sleeping;
    private int _wakers;
    private bool _stopping;
    private bool _ended;
    private bool _isClosing;
    private int _connections;

    protected EventLoop(int index, TimeProvider time)
    {
        Index = index;
        _time = time;
        _began = time.GetTimestamp();
        Now = Milliseconds();
        Timers = new TimerWheel(Now);
        _alarm = time == TimeProvider.System
            ? null
            : time.CreateTimer(static loop => ((EventLoop)loop!).WakeIfAsleep(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _thread = new Thread(Run) { IsBackground = true, Name = $"qcontinuum-loop-{index}" };
    }

    /// <summary>Where posted code says what it threw. Set before the loop starts.</summary>
    internal Action<string> PostLog { get; set; } = StandardErrorLog.Write;

    /// <inheritdoc/>
    protected override Action<string> Log => PostLog;

    /// <summary>Which loop of its group it is, from 0.</summary>
    internal int Index { get; }

    /// <summary>The clock of this turn, in milliseconds; above zero, wherever a clock of the user's may begin, and where that goes back it stands still. Loop thread.</summary>
    internal long Now
    {
        get => _now;
        private set => Volatile.Write(ref _now, value);
    }

    /// <summary>Milliseconds of the loop's clock at this moment; not before <see cref="Now"/>. Any thread.</summary>
    internal long Clock() => Math.Max(Milliseconds(), Volatile.Read(ref _now));

    /// <summary>A clock that costs a third of <see cref="Clock"/> and moves in steps, of 4 ms on Linux: for differences. Any thread.</summary>
    internal long CoarseClock() => _time == TimeProvider.System ? Environment.TickCount64 : Clock();

    /// <summary>Completes after so many milliseconds of the loop's clock. Any thread.</summary>
    internal Task Delay(long milliseconds) => Task.Delay(TimeSpan.FromMilliseconds(milliseconds), _time);

    /// <summary>Calls back once after <paramref name="delay"/> of the loop's clock, on a thread of the pool; never, if the timer is disposed of before. Any thread.</summary>
    internal ITimer CallLater(TimerCallback callback, object state, TimeSpan delay) => _time.CreateTimer(callback, state, delay, Timeout.InfiniteTimeSpan);

    /// <summary>Whether it closes what it has, and takes in nothing any more. Loop thread, or where what is late runs.</summary>
    internal bool IsClosing => _isClosing;

    /// <summary>Whether its thread serves nothing any more. Any thread.</summary>
    internal bool IsOver => Volatile.Read(ref _ended);

    /// <summary>The deadlines of this loop. Loop thread.</summary>
    internal TimerWheel Timers { get; }

    /// <summary>Where the next read goes. Loop thread.</summary>
    internal Block ReadBlock { get; private set; } = null!;

    /// <summary>Connections on this loop, those still to be registered included.</summary>
    internal int Connections => Volatile.Read(ref _connections);

    internal bool IsLoopThread => IsCurrent;

    internal void Start() => _thread.UnsafeStart();

    /// <summary>Has the loop close everything that is left and end its thread. Any thread.</summary>
    internal void BeginStop()
    {
        // A full fence, as with everything that the loop looks at before it waits: a mere store might be seen after the flag has been read.
        Interlocked.Exchange(ref _stopping, true);
        WakeIfAsleep();
    }

    /// <summary>Waits for the end of the thread after <see cref="BeginStop"/>. Not on the loop's own thread.</summary>
    /// <returns>False when it has not ended by then: something that it called does not return.</returns>
    internal bool HasEnded(TimeSpan patience)
    {
        Debug.Assert(!IsLoopThread, "a loop cannot wait for itself");
        return _thread.Join(patience);
    }

    /// <summary>Closes everything that is left and ends the thread. Not on the loop's own thread.</summary>
    internal void Stop()
    {
        BeginStop();
        HasEnded(Timeout.InfiniteTimeSpan);
    }

    /// <summary>Gives up a loop that was never started, with what its poller holds.</summary>
    internal void Discard()
    {
        _alarm?.Dispose();
        DisposePoller();
    }

    internal void CountConnection(int change) => Interlocked.Add(ref _connections, change);

    /// <summary>Replaces the read block, after what was received in it has been handed to somebody who retained it. Loop thread.</summary>
    internal void RenewReadBlock()
    {
        ReadBlock.Release();
        ReadBlock = Pool.Take(ReadSize);
    }

    /// <summary>
    /// Copies <paramref name="bytes"/> behind what other peers left in the loop's staging block, and retains that for the caller. Small
    /// reads share a block that way, instead of each keeping one for itself. Loop thread.
    /// </summary>
    internal Block Stage(ReadOnlySpan<byte> bytes, out int offset)
    {
        if (_stagingBlock is null || _stagingBlock.Free < bytes.Length)
        {
            _stagingBlock?.Release();
            _stagingBlock = Pool.Take(ReadSize);
        }

        offset = _stagingBlock.End;
        bytes.CopyTo(_stagingBlock.FreeSpan(bytes.Length));
        _stagingBlock.End += bytes.Length;
        _stagingBlock.Retain();
        return _stagingBlock;
    }

    internal void Enqueue(Pollable pollable)
    {
        EnqueueQuietly(pollable);
        WakeIfAsleep();
    }

    internal void EnqueueQuietly(Pollable pollable)
    {
        Pollable? head;
        do
        {
            head = Volatile.Read(ref _scheduled);
            pollable.ScheduledNext = head;
        }
        while (Interlocked.CompareExchange(ref _scheduled, pollable, head) != head);
        if (Volatile.Read(ref _ended))
        {
            // What a lane had no room for, or tells a connection, after its loop has ended: Closed above all.
            RunLateElsewhere();
        }
    }

    internal override void Post(SendOrPostCallback callback, object? state)
    {
        ConcurrentQueue<(SendOrPostCallback, object?)> posts = Volatile.Read(ref _posts) ?? CreatePosts();
        posts.Enqueue((callback, state));
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _ended))
        {
            // A handler that awaited something longer than the loop lived: its rest runs elsewhere, still one thing at a time.
            RunLateElsewhere();
            return;
        }

        WakeIfAsleep();
    }

    /// <summary>Posted functions that wait. Any thread.</summary>
    internal int Posted => Volatile.Read(ref _posts)?.Count ?? 0;

    /// <summary>The first of those who post has its queue taken by all.</summary>
    private ConcurrentQueue<(SendOrPostCallback, object?)> CreatePosts()
    {
        ConcurrentQueue<(SendOrPostCallback, object?)> posts = new();
        return Interlocked.CompareExchange(ref _posts, posts, null) ?? posts;
    }

    /// <summary>Waits for events and hands each to its pollable.</summary>
    protected abstract void WaitAndServe(int timeoutMilliseconds);

    /// <summary>Ends a wait. Any thread.</summary>
    protected abstract void Wake();

    protected abstract void DisposePoller();

    /// <summary>Called by <see cref="WaitAndServe"/> when the wait is over.</summary>
    protected void Awake()
    {
        Volatile.Write(ref _sleeping, 0);
        Now = Clock();
    }

    private long Milliseconds() => Beginning + Math.Max((long)((_time.GetTimestamp() - _began) * (1000.0 / _time.TimestampFrequency)), 0);

    private void Run()
    {
        try
        {
            EnterStack();
            ReadBlock = Pool.Take(ReadSize);
            while (!Volatile.Read(ref _stopping))
            {
                Turn();
            }

            // Before what is handed over meanwhile is looked at: there is nobody who would close it later.
            _isClosing = true;
            ForEach(static pollable => pollable.OnLoopStopped());
            RunScheduled();
            Volatile.Write(ref _ended, true);
            Interlocked.MemoryBarrier();
            for (int turns = LateTurns + (Posted / PostsATurn); turns > 0 && HasQueued; turns--)
            {
                RunScheduled();
                RunPosts();
            }

            PublishAll();
            WakeWhoWaits();
            ReadBlock.Release();
            _stagingBlock?.Release();

            // The flag stays 0 from the last wait on, so that no new waker gets as far as the system call.
            SpinWait.SpinUntil(() => Volatile.Read(ref _wakers) == 0);
            _alarm?.Dispose();
            DisposePoller();
            LeaveStack();
            EndLate();
        }
        catch (Exception exception)
        {
            // Handlers cannot get here: what escapes a loop is a defect of the loop itself, and its state is not to be trusted any more.
            Environment.FailFast("An event loop failed.", exception);
        }
    }

    /// <remarks>Compiled by itself: what is inlined into the one run of <see cref="Run"/> stays as it was compiled then.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Turn()
    {
        Volatile.Write(ref _sleeping, 1);
        Interlocked.MemoryBarrier();
        Pool.CollectBeforeSleep();
        bool hasWork = Volatile.Read(ref _stopping) || HasQueued || Memory is { IsLookWanted: true };
        WaitAndServe(hasWork ? 0 : SetAlarm(Timers.Timeout(Now)));
        RunScheduled();
        RunPosts();
        Timers.Advance(Now);
        PublishAll();
        WakeWhoWaits();
        if (Memory is { } memory)
        {
            Watch(memory, atOnce: false);
        }
    }

    /// <summary>How long to wait: for ever where the alarm ends it.</summary>
    private int SetAlarm(int timeout)
    {
        if (_pressureSeen != MemoryPressure.None || _relieved.Count > 0)
        {
            // Nobody says when memory is free again; and where each holds little, many have to go.
            int watch = _isRelieving ? 1 : MemoryGuard.WatchMilliseconds;
            return timeout < 0 ? watch : Math.Min(timeout, watch);
        }

        if (_alarm is null || timeout <= 0)
        {
            return timeout;
        }

        // Looked at again once the alarm is set: a clock that was moved just before has fired nothing.
        _alarm.Change(TimeSpan.FromMilliseconds(timeout), Timeout.InfiniteTimeSpan);
        return Clock() == Now ? -1 : 0;
    }

    /// <summary>Has the loop look at its queues. Any thread, after something was put into one of them with an interlocked operation.</summary>
    internal override void WakeIfAsleep()
    {
        if (Volatile.Read(ref _sleeping) == 0)
        {
            return;
        }

        // Counted, so that the poller is not disposed of between the exchange and the system call.
        Interlocked.Increment(ref _wakers);
        if (Interlocked.Exchange(ref _sleeping, 0) == 1)
        {
            Wake();
        }

        Interlocked.Decrement(ref _wakers);
    }

    private void RunScheduled()
    {
        if (Volatile.Read(ref _scheduled) is null)
        {
            return;
        }

        // The stack has the latest first: turned round, so that who asked first is served first.
        Pollable? latest = Interlocked.Exchange(ref _scheduled, null);
        Pollable? first = null;
        while (latest is not null)
        {
            Pollable? next = latest.ScheduledNext;
            latest.ScheduledNext = first;
            first = latest;
            latest = next;
        }

        while (first is not null)
        {
            // The link is read before the flag is cleared: from then on another thread may push it again.
            Pollable pollable = first;
            first = pollable.ScheduledNext;
            pollable.ScheduledNext = null;
            pollable.RunScheduled();
        }
    }

    private bool HasQueued => Volatile.Read(ref _scheduled) is not null || Volatile.Read(ref _posts) is { IsEmpty: false };

    /// <summary>After something was put into one of the queues of a loop that has ended: whoever does so sees <c>_ended</c>, or is seen by the loop's own thread.</summary>
    private void RunLateElsewhere()
    {
        if (Interlocked.Exchange(ref _isLateServed, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static loop => loop.RunLate(), this, preferLocal: false);
        }
    }

    /// <summary>
    /// A turn at a time, so that a function which posts itself keeps no thread of the pool from others. What it awaits brings it back here, to its turn; but there is no lane, whose
    /// thread this would be.
    /// </summary>
    private void RunLate()
    {
        SynchronizationContext.SetSynchronizationContext(new LaneContext(this));
        RunScheduled();
        RunPosts();
        SynchronizationContext.SetSynchronizationContext(null);
        EndLate();
    }

    private void EndLate()
    {
        // Lowered first and looked at the queues afterwards: a producer pushes first and looks at the flag afterwards.
        Interlocked.Exchange(ref _isLateServed, 0);
        if (HasQueued)
        {
            RunLateElsewhere();
        }
    }

    private void RunPosts()
    {
        if (Volatile.Read(ref _posts) is not { } posts)
        {
            return;
        }

        for (int i = 0; i < PostsATurn && posts.TryDequeue(out var post); i++)
        {
            // What goes on here may be a handler, which may take long.
            WakeWhoWaits();
            Invoke(post.Callback, post.State);
        }
    }
}
