namespace QContinuum.Loops;

/// <summary>What a loop does while memory is short: see <see cref="MemoryGuard"/>.</summary>
internal abstract partial class EventLoop
{
    private MemoryPressure _pressureSeen;
    private long _lookedRound;
    private bool _isRelieving;

    /// <summary>What bounds the memory of all peers, where something does. Set before the loop starts.</summary>
    internal MemoryGuard? Memory { get; set; }

    /// <summary>How short memory is. Loop thread.</summary>
    internal MemoryPressure Pressure => _pressureSeen;

    /// <summary>While memory is short everything that is watched hears of it: who holds much, who accepts.</summary>
    private void Watch(MemoryGuard memory)
    {
        memory.Check(Now);
        MemoryPressure pressure = memory.Pressure;
        if (pressure == MemoryPressure.None && _pressureSeen == MemoryPressure.None)
        {
            return;
        }

        bool isNew = pressure != _pressureSeen;
        if (!isNew && pressure != MemoryPressure.CloseLargest && Now - _lookedRound < MemoryGuard.WatchMilliseconds)
        {
            return;
        }

        _pressureSeen = pressure;
        _lookedRound = Now;
        Pollable? largest = null;
        for (int slot = 0; slot < _slotsUsed; slot++)
        {
            if (SlotAt(slot).Pollable is not { } pollable)
            {
                continue;
            }

            // Also when nothing is new: who held too much may have got rid of it.
            pollable.OnPressure();
            if (pollable.Held > (largest?.Held ?? 0))
            {
                largest = pollable;
            }
        }

        memory.Report(Index, pressure == MemoryPressure.None ? 0 : largest?.Held ?? 0);
        _isRelieving = pressure == MemoryPressure.CloseLargest && largest is not null;
        if (_isRelieving && memory.IsLargest(Index))
        {
            memory.Relieve(Index, CloseLargest(largest!, memory.Excess), Now);
        }
    }

    /// <summary>
    /// Closes who holds most and, where that is not enough, others that hold at least half as much: many that each hold little would else be gone through once for each.
    /// </summary>
    /// <returns>
    /// Bytes that they still hold, which come back from their lanes. Where the lane is this loop, that is nothing: what is free already is not to be counted twice, or others
    /// would be let have it twice.
    /// </returns>
    private long CloseLargest(Pollable largest, long excess)
    {
        long least = largest.Held / 2;
        long held = largest.Held;
        largest.OnTooLarge();
        long kept = largest.Held;
        for (int slot = 0; slot < _slotsUsed && held < excess; slot++)
        {
            if (SlotAt(slot).Pollable is { Held: > 0 } pollable && pollable.Held >= least)
            {
                held += pollable.Held;
                pollable.OnTooLarge();
                kept += pollable.Held;
            }
        }

        return kept;
    }
}
