using System.Diagnostics;
using System.Runtime.CompilerServices;
using QContinuum.Buffers;

namespace QContinuum.Loops;

/// <summary>
/// A thread on which handlers run: an event loop, or the pump of a processor. What a peer's lane owns needs no lock, since only the lane's
/// thread touches it.
/// </summary>
internal abstract class Lane
{
    /// <summary>
    /// So much may be given to another lane before that is woken: it then has enough to be worth a switch, where both share a processor, and begins early enough where they
    /// do not.
    /// </summary>
    private const int WakesSaved = 16;

    /// <summary>What a lane keeps of blocks that nobody holds, for the bursts of hundreds of peers.</summary>
    internal const long KeepBytes = 32L * 1024 * 1024;

    /// <summary>The clock has not been looked at yet.</summary>
    internal const long NoLook = -1;

    [ThreadStatic]
    private static Lane? t_current;

    private readonly Stack<OutgoingChain> _idleChains = new();
    private IPublisher[] _dirty = new IPublisher[16];
    private int _dirtyCount;
    private BlockPool? _pool;
    private Action? _wakeToCollect;
    private Lane? _toWake;
    private int _wakesSaved;
    private OwnStack _stack;

    /// <summary>Whether the calling thread is the lane's: the same as <c>Current == this</c>, but mostly without a look at what is static to a thread.</summary>
    internal bool IsCurrent
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            Debug.Assert(!_stack.IsInUse || t_current == this, "who runs on the lane's stack is the lane");
            return _stack.IsInUse || t_current == this;
        }
    }

    /// <summary>The coarse clock after one of the first messages of the present dispatch, in milliseconds, or <see cref="NoLook"/>. Lane thread only.</summary>
    internal long FirstLook { get; set; } = NoLook;

    /// <summary>
    /// Whether what runs was just called by the lane: a handler, or what was posted. Otherwise it may be what a handler does after it has awaited something, and nothing says
    /// whose handler that is. Lane thread only.
    /// </summary>
    internal bool IsCall { get; set; }

    /// <summary>Whose messages are being handled by what was just called; null where it is something else that runs. Lane thread only.</summary>
    internal Peer? Receiver { get; set; }

    /// <summary>The lane whose thread this is; null on every other thread.</summary>
    internal static Lane? Current => t_current;

    /// <summary>The blocks of the lane's thread. Lane thread only.</summary>
    internal BlockPool Pool => _pool!;

    /// <summary>A chain to encode into, until <see cref="ReturnChain"/>: idle peers own none. Lane thread only.</summary>
    internal OutgoingChain RentChain() => _idleChains.TryPop(out OutgoingChain? chain) ? chain : new OutgoingChain();

    internal void ReturnChain(OutgoingChain chain) => _idleChains.Push(chain);

    /// <summary>Blocks of this lane that somebody holds. Exact only while the lane rests.</summary>
    internal long OutstandingBlocks => _pool?.Outstanding ?? 0;

    /// <summary>Runs <paramref name="callback"/> on the lane's thread, between two turns of its work. Any thread.</summary>
    internal abstract void Post(SendOrPostCallback callback, object? state);

    /// <summary>Has <paramref name="publisher"/> called once, at the end of the turn; the caller sees to it that it asks only once. Lane thread only.</summary>
    internal void PublishLater(IPublisher publisher)
    {
        if (_dirtyCount == _dirty.Length)
        {
            Array.Resize(ref _dirty, _dirtyCount * 2);
        }

        _dirty[_dirtyCount++] = publisher;
    }

    /// <summary>Has this lane look at its queues. Any thread, after something was put into one of them.</summary>
    internal abstract void WakeIfAsleep();

    /// <summary>Has this lane collect what other threads have returned to its pool, before it sleeps on. Any thread.</summary>
    protected virtual void WakeToCollect() => WakeIfAsleep();

    /// <summary>Has another lane woken at the end of the turn at the latest: it was given something. Lane thread only, within a turn.</summary>
    internal void WakeLater(Lane other)
    {
        if (_toWake != other)
        {
            WakeWhoWaits();
            _toWake = other;
        }

        if (++_wakesSaved == WakesSaved)
        {
            WakeWhoWaits();
        }
    }

    /// <summary>Wakes at once who was to be woken later: at the end of a turn, and before anything that may take long. Lane thread only.</summary>
    internal void WakeWhoWaits()
    {
        if (_toWake is { } other)
        {
            _toWake = null;
            _wakesSaved = 0;
            other.WakeIfAsleep();
        }
    }

    /// <summary>Makes the calling thread this lane's.</summary>
    protected void Enter()
    {
        t_current = this;
        _pool = BlockPool.OfThread;
        _pool.KeepBytes = KeepBytes;
        _pool.WakeOwner = _wakeToCollect ??= WakeToCollect;
        SynchronizationContext.SetSynchronizationContext(new LaneContext(this));
    }

    /// <summary>What <see cref="Enter"/> does, on a thread that is the lane's until it ends, or <see cref="LeaveStack"/> is called.</summary>
    protected void EnterStack()
    {
        Enter();
        _stack.Begin();
        _pool!.BeginStack();
    }

    /// <summary>The thread ends, and its stack may become another one's.</summary>
    protected void LeaveStack()
    {
        _stack.End();
        _pool!.EndStack();
    }

    /// <summary>Does something as the thread of <paramref name="lane"/>, or of none, and is what it was again: for who has one thread for many lanes.</summary>
    internal static T As<T>(Lane? lane, Func<T> work)
    {
        Lane? before = t_current;
        OwnStack stack = before?._stack ?? default;
        SynchronizationContext? context = SynchronizationContext.Current;
        try
        {
            t_current = null;
            if (before is not null)
            {
                before._stack = default;
            }

            SynchronizationContext.SetSynchronizationContext(null);
            lane?.Enter();
            return work();
        }
        finally
        {
            t_current = before;
            if (before is not null)
            {
                before._stack = stack;
            }

            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    /// <summary>
    /// Runs what was posted. What it throws comes from code that nobody awaits, an <c>async void</c> for instance; it must not end the lane,
    /// which serves others.
    /// </summary>
    internal void Invoke(SendOrPostCallback callback, object? state)
    {
        try
        {
            callback(state);
        }
        catch (Exception exception)
        {
            Tell(Log, exception);
        }

        IsCall = false;
    }

    /// <summary>
    /// What was posted calls what the application wants called, and not the rest of a handler. On a lane's thread, or on none where its loop has ended: there nobody is answered.
    /// </summary>
    internal static void BeginCall()
    {
        if (t_current is { } lane)
        {
            lane.IsCall = true;
        }
    }

    /// <summary>Where it is told what posted code throws. Lane thread.</summary>
    protected abstract Action<string> Log { get; }

    /// <summary>Tells what posted code threw. Any thread.</summary>
    internal static void Tell(Action<string> log, Exception exception)
    {
        try
        {
            log($"Posted code threw: {Thrown.Text(exception)}");
        }
        catch (Exception)
        {
            // Standard error is gone, or the log is the application's, and throws: the lane goes on.
        }
    }

    protected void PublishAll()
    {
        for (int i = 0; i < _dirtyCount; i++)
        {
            IPublisher publisher = _dirty[i];
            _dirty[i] = null!;
            publisher.Publish();
        }

        _dirtyCount = 0;
    }
}

/// <summary>What has something to publish at the end of a lane's turn.</summary>
internal interface IPublisher
{
    /// <summary>Hands what the lane gathered to the connection. Lane thread only.</summary>
    void Publish();
}

/// <summary>Brings a handler that awaits back to its lane.</summary>
internal sealed class LaneContext(Lane lane) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) => lane.Post(d, state);

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (Lane.Current == lane)
        {
            d(state);
            return;
        }

        using ManualResetEventSlim done = new();
        lane.Post(
            static box =>
            {
                var (callback, argument, signal) = ((SendOrPostCallback, object?, ManualResetEventSlim))box!;
                try
                {
                    callback(argument);
                }
                finally
                {
                    signal.Set();
                }
            },
            (d, state, done));
        done.Wait();
    }

    public override SynchronizationContext CreateCopy() => this;
}
