using QContinuum.Buffers;

namespace QContinuum.Loops;

/// <summary>What a loop does while memory is short: see <see cref="MemoryGuard"/>.</summary>
internal abstract partial class EventLoop
{
    /// <summary>Whom this loop closed who still hold something.</summary>
    private readonly List<Pollable> _relieved = [];
    private MemoryPressure _pressureSeen;
    private long _lookedRound;
    private long _lookedTaken;
    private bool _isRelieving;

    /// <summary>What bounds the memory of all peers, where something does. Set before the loop starts.</summary>
    internal MemoryGuard? Memory { get; set; }

    /// <summary>How short memory is. Loop thread.</summary>
    internal MemoryPressure Pressure => _pressureSeen;

    /// <summary>After a read: one turn may take more than there is, so a loop that has taken much looks before it goes on. Loop thread.</summary>
    internal void LookIfGrown()
    {
        if (Memory is { } memory && BlockCount.Bytes(Pool.Taken - _lookedTaken) >= memory.LookBytes)
        {
            Watch(memory, atOnce: true);
        }
    }

    /// <summary>While memory is short everything that is watched hears of it: who holds much, who accepts.</summary>
    private void Watch(MemoryGuard memory, bool atOnce)
    {
        _lookedTaken = Pool.Taken;
        TellRelief(memory);
        memory.Check(Now, atOnce || _isRelieving);
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
        long all = 0;
        for (int slot = 0; slot < _slotsUsed; slot++)
        {
            if (SlotAt(slot).Pollable is not { } pollable)
            {
                continue;
            }

            // Also when nothing is new: who held too much may have got rid of it.
            pollable.OnPressure();
            all += pollable.Held;
            if (pollable.Held > (largest?.Held ?? 0))
            {
                largest = pollable;
            }
        }

        memory.Report(Index, pressure == MemoryPressure.None ? 0 : largest?.Held ?? 0);
        _isRelieving = pressure == MemoryPressure.CloseLargest && largest is not null && memory.IsWorthClosing(all);
        if (_isRelieving && memory.IsLargest(Index) && memory.IsStillTooMuch(Now))
        {
            // Said before another loop finds that now it has the largest: what this one is about to close makes room for both.
            long excess = memory.Excess;
            memory.Relieve(Index, HeldByRelieved() + Math.Max(excess, largest!.Held));
            memory.Report(Index, 0);
            CloseLargest(largest, excess);
            memory.Relieve(Index, HeldByRelieved());
        }
    }

    /// <summary>
    /// What the closed still hold comes back from their lanes: where the lane is this loop, that is nothing any more. A handler may keep it for long; to close others for
    /// that would free nothing of it.
    /// </summary>
    private void TellRelief(MemoryGuard memory)
    {
        if (_relieved.Count > 0)
        {
            _relieved.RemoveAll(static closed => closed.Held == 0);
            memory.Relieve(Index, HeldByRelieved());
        }
    }

    private long HeldByRelieved()
    {
        long held = 0;
        foreach (Pollable closed in _relieved)
        {
            held += closed.Held;
        }

        return held;
    }

    /// <summary>
    /// Closes who holds most and, where that is not enough, others that hold at least half as much: many that each hold little would else be gone through once for each.
    /// </summary>
    private void CloseLargest(Pollable largest, long excess)
    {
        long least = largest.Held / 2;
        long held = largest.Held;
        CloseTooLarge(largest);
        for (int slot = 0; slot < _slotsUsed && held < excess; slot++)
        {
            if (SlotAt(slot).Pollable is { Held: > 0 } pollable && pollable.Held >= least)
            {
                held += pollable.Held;
                CloseTooLarge(pollable);
            }
        }
    }

    private void CloseTooLarge(Pollable pollable)
    {
        pollable.OnTooLarge();
        if (pollable.Held > 0)
        {
            _relieved.Add(pollable);
        }
    }
}
