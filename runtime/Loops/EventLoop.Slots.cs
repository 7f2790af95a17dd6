using System.Diagnostics;

namespace QContinuum.Loops;

/// <summary>What the loop watches, by key: a generation and a slot, so that the key of what is gone never finds what came after it.</summary>
internal abstract partial class EventLoop
{
    private Pollable?[] _slots = new Pollable?[64];
    private uint[] _generations = new uint[64];
    private int[] _freeSlots = new int[64];
    private int _freeCount;
    private int _slotsUsed;

    /// <summary>Calls <paramref name="action"/> with everything this loop watches. Loop thread.</summary>
    internal void ForEach(Action<Pollable> action)
    {
        // Connections that were handed over before this call are to be among them.
        RunScheduled();
        for (int slot = 0; slot < _slotsUsed; slot++)
        {
            if (_slots[slot] is { } pollable)
            {
                action(pollable);
            }
        }
    }

    /// <summary>Takes in what has no handle to be watched. Loop thread.</summary>
    internal void Add(Pollable pollable) => Register(pollable);

    /// <summary>Forgets what has no handle. Loop thread.</summary>
    internal void Remove(Pollable pollable) => Unregister(pollable);

    /// <summary>Gives <paramref name="pollable"/> a slot and a key. Loop thread.</summary>
    protected void Register(Pollable pollable)
    {
        int slot = _freeCount > 0 ? _freeSlots[--_freeCount] : _slotsUsed++;
        if (slot == _slots.Length)
        {
            Array.Resize(ref _slots, slot * 2);
            Array.Resize(ref _generations, slot * 2);
        }

        // Generations begin at 1 and skip 0 when they wrap, so that no key is ever 0.
        uint generation = Math.Max(_generations[slot] + 1, 1);
        _generations[slot] = generation;
        _slots[slot] = pollable;
        pollable.Key = (ulong)generation << 32 | (uint)slot;
    }

    /// <summary>Takes the slot away; events with the old key find nothing any more. What came too late has none. Loop thread.</summary>
    protected void Unregister(Pollable pollable)
    {
        if (pollable.Key == 0)
        {
            return;
        }

        int slot = (int)(uint)pollable.Key;
        Debug.Assert(Find(pollable.Key) == pollable, "only what is registered is unregistered");
        _slots[slot] = null;
        pollable.Key = 0;
        if (_freeCount == _freeSlots.Length)
        {
            Array.Resize(ref _freeSlots, _freeCount * 2);
        }

        _freeSlots[_freeCount++] = slot;
        Timers.Cancel(pollable);
    }

    /// <summary>What has <paramref name="key"/> now, or null. Loop thread.</summary>
    protected Pollable? Find(ulong key)
    {
        int slot = (int)(uint)key;
        return slot < _slotsUsed && _slots[slot] is { } pollable && pollable.Key == key ? pollable : null;
    }
}
