using System.Diagnostics;

namespace QContinuum;

/// <summary>How long a client waits before its next attempt: up to a bound that doubles with each attempt in a row that came to nothing.</summary>
/// <remarks>Invariant: a delay is from zero to the bound, and the bound from the first delay to the longest.</remarks>
internal struct Backoff(TimeSpan firstDelay, TimeSpan longestDelay)
{
    /// <summary>Attempts in a row that came to nothing.</summary>
    internal int Failures { get; private set; }

    /// <summary>The most that the next delay may be.</summary>
    internal readonly TimeSpan Bound
    {
        get
        {
            double ticks = Math.ScaleB(firstDelay.Ticks, Math.Max(Failures - 1, 0));
            return ticks < longestDelay.Ticks ? TimeSpan.FromTicks((long)ticks) : longestDelay;
        }
    }

    /// <summary>An attempt came to nothing.</summary>
    internal void Failed() => Failures = Failures == int.MaxValue ? Failures : Failures + 1;

    /// <summary>A connection has proved itself: the next delay is a first one.</summary>
    internal void Proved() => Failures = 0;

    /// <summary>The next delay: what <paramref name="jitter"/> makes of the bound, held within it.</summary>
    internal readonly TimeSpan Next(Func<TimeSpan, TimeSpan> jitter)
    {
        TimeSpan bound = Bound;
        Debug.Assert(bound > TimeSpan.Zero, "a first delay is not nothing");
        return TimeSpan.FromTicks(Math.Clamp(jitter(bound).Ticks, 0, bound.Ticks));
    }
}
