using System.Diagnostics;

namespace QContinuum.Loops;

/// <summary>Something that a loop calls when its time has come.</summary>
internal abstract class LoopTimer
{
    internal LoopTimer? TimerNext { get; set; }

    internal LoopTimer? TimerPrevious { get; set; }

    /// <summary>Milliseconds of the loop's clock.</summary>
    internal long Due { get; set; }

    /// <summary>The wheel's slot, or -1 while nothing is due.</summary>
    internal int TimerSlot { get; set; } = -1;

    /// <summary>Called on the loop, once, at or after <see cref="Due"/>.</summary>
    internal abstract void OnDue();
}

/// <summary>
/// A hashed timing wheel: adding and removing are a few links, whatever the number of timers. Its resolution is one tick, 32 ms, which is
/// enough for deadlines of seconds.
/// </summary>
/// <remarks>Invariant: a timer is in slot <c>Due / TickMilliseconds mod SlotCount</c>, and nowhere else.</remarks>
internal sealed class TimerWheel
{
    private const int TickMilliseconds = 32;
    private const int SlotCount = 1024;

    private readonly LoopTimer?[] _slots = new LoopTimer?[SlotCount];
    private readonly Stack<LoopTimer> _due = new();
    private long _tick;
    private long _earliest = long.MaxValue;
    private int _count;

    internal TimerWheel(long now) => _tick = now / TickMilliseconds;

    /// <summary>Milliseconds until the wheel wants to be advanced, -1 for never.</summary>
    internal int Timeout(long now) => _count == 0 ? -1 : (int)Math.Clamp(_earliest * TickMilliseconds - now, 0, SlotCount * TickMilliseconds);

    /// <summary>Has <paramref name="timer"/> called at <paramref name="due"/>; an earlier appointment of it is forgotten.</summary>
    internal void Schedule(LoopTimer timer, long due)
    {
        Cancel(timer);
        long tick = Math.Max(due / TickMilliseconds, _tick + 1);
        int slot = (int)(tick % SlotCount);
        _earliest = Math.Min(_earliest, tick);
        timer.Due = due;
        timer.TimerSlot = slot;
        timer.TimerNext = _slots[slot];
        if (timer.TimerNext is { } next)
        {
            next.TimerPrevious = timer;
        }

        _slots[slot] = timer;
        _count++;
    }

    internal void Cancel(LoopTimer timer)
    {
        if (timer.TimerSlot < 0)
        {
            return;
        }

        if (timer.TimerPrevious is { } previous)
        {
            previous.TimerNext = timer.TimerNext;
        }
        else
        {
            Debug.Assert(_slots[timer.TimerSlot] == timer, "a timer without predecessor is the first of its slot");
            _slots[timer.TimerSlot] = timer.TimerNext;
        }

        if (timer.TimerNext is { } next)
        {
            next.TimerPrevious = timer.TimerPrevious;
        }

        timer.TimerNext = null;
        timer.TimerPrevious = null;
        timer.TimerSlot = -1;
        _count--;
    }

    /// <summary>Calls every timer that is due at <paramref name="now"/>.</summary>
    internal void Advance(long now)
    {
        long target = now / TickMilliseconds;
        if (_count == 0 || target < _earliest)
        {
            // Nothing between here and there: the empty slots need no visit.
            _tick = Math.Max(_tick, target);
            return;
        }

        // After a long sleep one round of the wheel sees every slot.
        for (long tick = Math.Max(_tick + 1, target - SlotCount + 1); tick <= target; tick++)
        {
            _tick = tick;
            FireSlot((int)(tick % SlotCount), now);
        }

        FindEarliest();
    }

    /// <summary>The next tick whose slot is not empty; what is there may be due in a later round, and then costs one idle wake-up.</summary>
    private void FindEarliest()
    {
        _earliest = long.MaxValue;
        for (long tick = _tick + 1; _count > 0 && tick <= _tick + SlotCount; tick++)
        {
            if (_slots[tick % SlotCount] is not null)
            {
                _earliest = tick;
                return;
            }
        }
    }

    private void FireSlot(int slot, long now)
    {
        // Taken out first and called afterwards, since a timer may schedule or cancel others of this very slot. Who is called may advance no wheel.
        LoopTimer? timer = _slots[slot];
        while (timer is not null)
        {
            LoopTimer? next = timer.TimerNext;
            if (timer.Due / TickMilliseconds <= now / TickMilliseconds)
            {
                Cancel(timer);
                _due.Push(timer);
            }

            timer = next;
        }

        while (_due.TryPop(out LoopTimer? due))
        {
            // One that has a new appointment by now is called then.
            if (due.TimerSlot < 0)
            {
                due.OnDue();
            }
        }
    }
}
