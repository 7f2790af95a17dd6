namespace QContinuum.Loops;

/// <summary>The loops of a server, or those that client peers share.</summary>
internal sealed class LoopGroup
{
    /// <summary>The groups that run. Locked while it is used.</summary>
    private static readonly List<LoopGroup> Running = [];

    private readonly EventLoop[] _loops;
    private int _next;

    internal LoopGroup(Pollers pollers, int count, TimeProvider time, MemoryGuard? memory = null, Action<string>? log = null)
    {
        StandardErrorLog.Prepare();
        List<EventLoop> loops = [];
        try
        {
            while (loops.Count < count)
            {
                EventLoop loop = pollers.CreateLoop(loops.Count, time);
                loop.Memory = memory;
                loop.PostLog = log ?? StandardErrorLog.Write;
                loops.Add(loop);
            }
        }
        catch
        {
            loops.ForEach(static loop => loop.Discard());
            throw;
        }

        _loops = [.. loops];
        memory?.Loops = _loops;
    }

    internal ReadOnlySpan<EventLoop> Loops => _loops;

    /// <summary>Blocks of these loops that somebody holds. Exact only while they rest.</summary>
    internal long OutstandingBlocks
    {
        get
        {
            long sum = 0;
            foreach (EventLoop loop in _loops)
            {
                sum += loop.OutstandingBlocks;
            }

            return sum;
        }
    }

    /// <summary>Calls <paramref name="action"/> with everything that any loop of the process watches, on that loop. Any thread.</summary>
    internal static void ForEachOfAll(object? state, Action<Pollable, object?> action)
    {
        lock (Running)
        {
            foreach (LoopGroup group in Running)
            {
                group.ForEach(state, action);
            }
        }
    }

    /// <summary>Calls <paramref name="action"/> with everything that these loops watch, on its loop. Any thread.</summary>
    internal void ForEach(object? state, Action<Pollable, object?> action)
    {
        foreach (EventLoop loop in _loops)
        {
            loop.Post(
                static posted =>
                {
                    var (loop, state, action) = ((EventLoop, object?, Action<Pollable, object?>))posted!;
                    loop.ForEach(pollable => action(pollable, state));
                },
                (loop, state, action));
        }
    }

    internal void Start()
    {
        lock (Running)
        {
            Running.Add(this);
        }

        foreach (EventLoop loop in _loops)
        {
            loop.Start();
        }
    }

    /// <summary>Gives up loops that were never started.</summary>
    internal void Discard() => Array.ForEach(_loops, static loop => loop.Discard());

    /// <summary>Closes everything that is left and ends the threads.</summary>
    internal void Stop() => Stop(Timeout.InfiniteTimeSpan);

    /// <summary>Closes everything that is left and ends the threads, those at least that end in time: a handler may block its loop.</summary>
    /// <returns>How many have not ended.</returns>
    internal int Stop(TimeSpan patience)
    {
        lock (Running)
        {
            Running.Remove(this);
        }

        foreach (EventLoop loop in _loops)
        {
            loop.BeginStop();
        }

        int left = 0;
        foreach (EventLoop loop in _loops)
        {
            left += loop.HasEnded(left == 0 ? patience : TimeSpan.Zero) ? 0 : 1;
        }

        return left;
    }

#if DEBUG
    /// <summary>Has the loops of every group that runs close everything and end, as the process does, and waits for none. Any thread.</summary>
    internal static void BeginStopOfAll()
    {
        lock (Running)
        {
            Running.ForEach(static group => Array.ForEach(group._loops, static loop => loop.BeginStop()));
        }
    }
#endif

    /// <summary>The loop with the fewest connections; among equals, in turn. Long-lived connections stay balanced that way.</summary>
    internal EventLoop Choose()
    {
        int start = (int)((uint)Interlocked.Increment(ref _next) % (uint)_loops.Length);
        EventLoop best = _loops[start];
        for (int i = 1; i < _loops.Length; i++)
        {
            EventLoop loop = _loops[(start + i) % _loops.Length];
            if (loop.Connections < best.Connections)
            {
                best = loop;
            }
        }

        return best;
    }
}
