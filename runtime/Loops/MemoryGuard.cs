using QContinuum.Buffers;

namespace QContinuum.Loops;

/// <summary>How short memory is: each stage does what the one before it does, and more.</summary>
internal enum MemoryPressure
{
    None,

    /// <summary>Three quarters are in use: who holds much is not read.</summary>
    StopReading,

    /// <summary>Seven eighths are in use: nobody is accepted.</summary>
    StopAccepting,

    /// <summary>All of it is in use, or three quarters have been for long: who holds most is closed.</summary>
    CloseLargest,
}

/// <summary>
/// Keeps what all peers together make the process hold below a limit. The loops of a server share one; each looks at it once a turn, and one of them a
/// millisecond adds up what is held.
/// </summary>
/// <remarks>
/// Not reading a peer whose message is unfinished may be for ever, since nothing then frees what it holds. So after <see cref="PatienceMilliseconds"/> the largest
/// are closed, one after another, until less than three quarters are in use.
/// </remarks>
internal sealed class MemoryGuard
{
    /// <summary>What a peer may hold that is read though memory is short: the messages of most.</summary>
    internal const int ModestBytes = 16 * 1024;

    /// <summary>How often a loop looks while memory is short and nothing happens.</summary>
    internal const int WatchMilliseconds = 20;

    private const int PatienceMilliseconds = 2_000;

    /// <summary>For so much of what the closed still hold nobody else is closed: a quarter of the limit. Then others have to make room, so that the limit is one.</summary>
    private const int ReliefShare = 4;

    /// <summary>A loop that took such a part of the limit looks before it reads on: a thirty-second.</summary>
    private const int LookShare = 32;

    /// <summary>The garbage collector runs whenever such a part of the limit was left to it: an eighth.</summary>
    private const int DroppedShare = 8;

    /// <summary>In place of when it was looked last: it is to be looked again, whenever that was.</summary>
    private const long Never = -1;

    private readonly long _limit;
    private readonly long[] _largest;
    private readonly long[] _relief;
    private long _checked = Never;
    private long _checkedTick;
    private long _since;
    private long _excess;
    private long _collected;
    private int _isChecking;
    private int _pressure;

    /// <summary>The loops that share it: those that sleep when memory becomes short are to say what their peers hold. Set before they start.</summary>
    internal IReadOnlyList<EventLoop> Loops { private get; set; } = [];

    /// <summary>From here on memory is short.</summary>
    private long Shortage => _limit - (_limit / 4);

    internal MemoryGuard(long limit, int loops)
    {
        _limit = limit;
        _largest = new long[loops];
        _relief = new long[loops];
    }

    /// <summary>Bytes that a loop may take until it looks again, also within a turn.</summary>
    internal long LookBytes => _limit / LookShare;

    /// <summary>Any thread.</summary>
    internal MemoryPressure Pressure => (MemoryPressure)Volatile.Read(ref _pressure);

    /// <summary>Whether somebody has asked for a look that nobody had yet: a loop does not sleep before that. Any loop.</summary>
    internal bool IsLookWanted => Volatile.Read(ref _checked) == Never;

    /// <summary>
    /// Asks for a look, after so much was taken elsewhere than on a loop that memory is short; a full fence, after which the loop is woken if it sleeps. Any thread.
    /// </summary>
    internal void WantLook() => Interlocked.Exchange(ref _checked, Never);

    /// <summary>Adds up what is held, unless that was done in this millisecond, and has not to be done at once. Any loop.</summary>
    /// <returns>Whether it was added up: not where another loop does that at present, either.</returns>
    internal bool Check(long now, bool atOnce)
    {
        // A lock that nobody waits for: who finds it taken leaves the sum to the other. The exchange acquires what the last one wrote, and the write at the end releases it, so
        // that what only this touches needs nothing more. The sum is of counters that go on changing: no order of theirs matters, and the next look finds what this one missed.
        // The loop's clock may be one that stands still, and memory would be short for ever: then the system's says when a moment has passed.
        long tick = Environment.TickCount64;
        bool isDone = Volatile.Read(ref _checked) == now && Volatile.Read(ref _checkedTick) == tick;
        if ((isDone && !atOnce) || Interlocked.Exchange(ref _isChecking, 1) == 1)
        {
            return false;
        }

        Volatile.Write(ref _checkedTick, tick);
        Volatile.Write(ref _checked, now);
        MemoryPressure before = Pressure;
        MemoryPressure pressure = Judge(BlockPool.HeldBytesOfAll, now);
        Volatile.Write(ref _pressure, (int)pressure);
        if (pressure > before)
        {
            WakeAll();
        }

        CollectDropped(BlockPool.DroppedBytesOfAll);
        Volatile.Write(ref _isChecking, 0);
        return true;
    }

    /// <summary>
    /// Whether somebody is to be closed although other loops may have begun to close theirs, which is a reason why this one has the largest now. Any loop, which looks again soon
    /// where it is not known.
    /// </summary>
    internal bool IsStillTooMuch(long now) => Check(now, atOnce: true) && Pressure == MemoryPressure.CloseLargest;

    /// <summary>
    /// Whether so many bytes more leave memory as it is: not short. Otherwise who needs them takes no more than it must. It adds up what is held, so it is asked for much
    /// alone. Any thread.
    /// </summary>
    internal bool HasRoomFor(long bytes) => BlockPool.HeldBytesOfAll + bytes < Shortage;

    /// <summary>Notes what the largest peer of a loop holds, 0 for none. Every loop says so as long as memory is short, and once more when it is not.</summary>
    internal void Report(int loop, long held) => Volatile.Write(ref _largest[loop], held);

    /// <summary>Bytes that are to be freed by closing peers, while that is what is to be done. Any thread.</summary>
    internal long Excess => Volatile.Read(ref _excess);

    /// <summary>
    /// Whether those who are left of a loop hold enough to make room: where what is too much is held by others, to close them would free nothing. It is taken for granted that
    /// the loops are alike.
    /// </summary>
    internal bool IsWorthClosing(long heldByAll) => heldByAll * _largest.Length >= Excess;

    /// <summary>Whether the largest peer of this loop, as reported, is the largest of all, and is to be closed.</summary>
    internal bool IsLargest(int loop)
    {
        long held = Volatile.Read(ref _largest[loop]);
        foreach (ref long other in _largest.AsSpan())
        {
            if (Volatile.Read(ref other) > held)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Notes what those still hold whom a loop has closed, or is about to: up to <see cref="ReliefShare"/> nobody else is closed for that.</summary>
    internal void Relieve(int loop, long held) => Volatile.Write(ref _relief[loop], held);

    /// <summary>
    /// What pools leave to the garbage collector stays in memory until it runs, and where blocks are all that is allocated, it sees little reason to: after waves of
    /// long messages the process would be twice as large as its limit.
    /// </summary>
    private void CollectDropped(long dropped)
    {
        // Less than before when a thread has ended, and its pool with it.
        _collected = Math.Min(_collected, dropped);
        if (dropped - _collected >= _limit / DroppedShare)
        {
            _collected = dropped;
            ThreadPool.UnsafeQueueUserWorkItem(static _ => GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false), null);
        }
    }

    /// <summary>A full fence before each look whether it sleeps: it sees the pressure, or is woken.</summary>
    private void WakeAll()
    {
        Interlocked.MemoryBarrier();
        foreach (EventLoop loop in Loops)
        {
            loop.WakeIfAsleep();
        }
    }

    private MemoryPressure Judge(long held, long now)
    {
        if (held < Shortage)
        {
            _since = 0;
            return MemoryPressure.None;
        }

        // What is on its way back is not there yet: it is read and accepted by what is held, and closed by what will be.
        _since = _since == 0 ? now : _since;
        long excess = held - Relief() - (now - _since >= PatienceMilliseconds ? Shortage : _limit);
        Volatile.Write(ref _excess, excess);
        return excess >= 0 ? MemoryPressure.CloseLargest
            : held >= _limit - (_limit / 8) ? MemoryPressure.StopAccepting
            : MemoryPressure.StopReading;
    }

    private long Relief()
    {
        long sum = 0;
        foreach (ref long relief in _relief.AsSpan())
        {
            sum += Volatile.Read(ref relief);
        }

        return Math.Min(sum, _limit / ReliefShare);
    }
}
