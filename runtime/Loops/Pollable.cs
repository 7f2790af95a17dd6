using System.Diagnostics;

namespace QContinuum.Loops;

/// <summary>Something that a loop watches: a connection, or the socket of a listener.</summary>
/// <remarks>
/// Its identity towards the kernel is <c>generation &lt;&lt; 32 | slot</c>: an event that was raised before a close finds another
/// generation, and is ignored, whatever has the descriptor's number by then.
/// </remarks>
internal abstract class Pollable(EventLoop loop) : LoopTimer
{
    private bool _scheduled;

    internal EventLoop Loop { get; } = loop;

    /// <summary>What the kernel gives back with each event; 0 while it is not watched.</summary>
    internal ulong Key { get; set; }

    internal Pollable? ScheduledNext { get; set; }

    /// <summary>Bytes that the process holds for it. Loop thread.</summary>
    internal virtual long Held => 0;

    /// <summary>Memory has become shorter, or less short: <see cref="EventLoop.Pressure"/>. Loop thread.</summary>
    internal virtual void OnPressure()
    {
    }

    /// <summary>Of all it holds most, and memory is short. Loop thread.</summary>
    internal virtual void OnTooLarge()
    {
    }

    /// <summary>The handle is ready. Loop thread.</summary>
    internal abstract void OnReady(Readiness readiness);

    /// <summary>Somebody asked for attention through <see cref="Schedule"/>. Loop thread.</summary>
    internal abstract void OnScheduled();

    /// <summary>Ends it at once: the loop stops. Loop thread.</summary>
    internal abstract void OnLoopStopped();

    /// <summary>Has <see cref="OnScheduled"/> called on the loop, at least once after this call. Any thread.</summary>
    internal void Schedule()
    {
        // Whoever finds the flag set knows that the loop has yet to clear it, and looks at everything that was written before only after
        // that: the exchange here and the one in OnTurn are both full fences.
        if (!Interlocked.Exchange(ref _scheduled, true))
        {
            Loop.Enqueue(this);
        }
    }

    /// <summary>The same, but the loop is not woken: who schedules many does that once, by <see cref="EventLoop.WakeIfAsleep"/>. Any thread.</summary>
    internal void ScheduleQuietly()
    {
        if (!Interlocked.Exchange(ref _scheduled, true))
        {
            Loop.EnqueueQuietly(this);
        }
    }

    internal void RunScheduled()
    {
        Debug.Assert(_scheduled, "only what is on the list is run from it");
        Interlocked.Exchange(ref _scheduled, false);
        OnScheduled();
    }
}
