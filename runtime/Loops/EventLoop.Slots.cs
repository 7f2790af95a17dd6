using System.Diagnostics;

namespace QContinuum.Loops;

/// <summary>What the loop watches, by key: a generation and a slot, so that the key of what is gone never finds what came after it.</summary>
internal abstract partial class EventLoop
{
    /// <summary>Slots that are added at a time. What is there stays where it is: to grow copies nothing, and leaves nothing behind.</summary>
    private const int ChunkLength = 1 << ChunkShift;

    private const int ChunkShift = 8;
    private const int NoSlot = -1;

    private Slot[][] _chunks = new Slot[4][];
    private int _firstFree = NoSlot;
    private int _slotsUsed;

    /// <summary>Calls <paramref name="action"/> with everything this loop watches. Loop thread.</summary>
    internal void ForEach(Action<Pollable> action)
    {
        // Connections that were handed over before this call are to be among them.
        RunScheduled();
        for (int slot = 0; slot < _slotsUsed; slot++)
        {
            if (SlotAt(slot).Pollable is { } pollable)
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
        int index = _firstFree != NoSlot ? _firstFree : AddSlot();
        ref Slot slot = ref SlotAt(index);
        _firstFree = slot.NextFree;

        // Generations begin at 1 and skip 0 when they wrap, so that no key is ever 0.
        slot.Generation = Math.Max(slot.Generation + 1, 1);
        slot.Pollable = pollable;
        pollable.Key = (ulong)slot.Generation << 32 | (uint)index;
    }

    /// <summary>Takes the slot away; events with the old key find nothing any more. What came too late has none. Loop thread.</summary>
    protected void Unregister(Pollable pollable)
    {
        if (pollable.Key == 0)
        {
            return;
        }

        int index = (int)(uint)pollable.Key;
        Debug.Assert(Find(pollable.Key) == pollable, "only what is registered is unregistered");
        ref Slot slot = ref SlotAt(index);
        slot.Pollable = null;
        slot.NextFree = _firstFree;
        _firstFree = index;
        pollable.Key = 0;
        Timers.Cancel(pollable);
    }

    /// <summary>What has <paramref name="key"/> now, or null. Loop thread.</summary>
    protected Pollable? Find(ulong key)
    {
        int slot = (int)(uint)key;
        return slot < _slotsUsed && SlotAt(slot).Pollable is { } pollable && pollable.Key == key ? pollable : null;
    }

    private ref Slot SlotAt(int index) => ref _chunks[index >> ChunkShift][index & (ChunkLength - 1)];

    /// <summary>One more slot, which no other is free behind.</summary>
    private int AddSlot()
    {
        int index = _slotsUsed++;
        if ((index & (ChunkLength - 1)) == 0)
        {
            int chunk = index >> ChunkShift;
            if (chunk == _chunks.Length)
            {
                Array.Resize(ref _chunks, chunk * 2);
            }

            _chunks[chunk] = new Slot[ChunkLength];
        }

        SlotAt(index).NextFree = NoSlot;
        return index;
    }

    private struct Slot
    {
        internal Pollable? Pollable;

        /// <summary>Of what has it now, or had it last.</summary>
        internal uint Generation;

        /// <summary>The free slot behind this one, while this one is free.</summary>
        internal int NextFree;
    }
}
