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
/// A hashed timing wheel: adding and removing are a few links, whatever the number of timers. Its slots are 32 ms wide, and a timer is called at its very millisecond: a clock
/// that is moved to the end of a time-out and no farther has it end.
/// </summary>
/// <remarks>
/// Invariant: a timer is in slot <c>Due / SlotMilliseconds mod SlotCount</c>, or, where that had passed, in that of <c>_tick</c>, and nowhere else; before <c>_next</c> none is
/// due.
/// </remarks>
internal sealed class TimerWheel
{
    private const int SlotMilliseconds = 32;
    private const int SlotCount = 1024;

    private readonly LoopTimer?[] _slots = new LoopTimer?[SlotCount];
    private readonly Stack<LoopTimer> _due = new();

    /// <summary>The slot that was advanced to; those before it are done with.</summary>
    private long _tick;
    private long _next = long.MaxValue;
    private int _count;

    internal TimerWheel(long now) => _tick = now / SlotMilliseconds;

    /// <summary>Milliseconds until the wheel wants to be advanced, -1 for never.</summary>
    internal int Timeout(long now) => _count == 0 ? -1 : (int)Math.Clamp(_next - now, 0, SlotCount * SlotMilliseconds);

    /// <summary>Has <paramref name="timer"/> called at <paramref name="due"/>; an earlier appointment of it is forgotten.</summary>
    internal void Schedule(LoopTimer timer, long due)
    {
        Cancel(timer);
        int slot = (int)(Math.Max(due / SlotMilliseconds, _tick) % SlotCount);
        _next = Math.Min(_next, due);
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
        long target = now / SlotMilliseconds;
        if (_count == 0 || now < _next)
        {
            // Nothing is due: the slots between here and there need no visit.
            _tick = Math.Max(_tick, target);
            return;
        }

        // After a long sleep one round of the wheel sees every slot. Who is called may schedule others: they come into the slot that is visited last, or behind it.
        long first = Math.Max(_tick, target - SlotCount + 1);
        _tick = Math.Max(_tick, target);
        _next = long.MaxValue;
        for (long tick = first; tick <= target; tick++)
        {
            FireSlot((int)(tick % SlotCount), now);
        }

        FindNext();
    }

    /// <summary>The next slot that is not empty; what is there may be due later in it, or in a later round, and then costs one idle wake-up.</summary>
    private void FindNext()
    {
        for (long tick = _tick + 1; _count > 0 && tick <= _tick + SlotCount; tick++)
        {
            if (_slots[tick % SlotCount] is not null)
            {
                _next = Math.Min(_next, tick * SlotMilliseconds);
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
            if (timer.Due <= now)
            {
                Cancel(timer);
                _due.Push(timer);
            }
            else
            {
                _next = Math.Min(_next, timer.Due);
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
