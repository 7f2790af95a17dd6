using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace QContinuum.Buffers;

/// <summary>The free blocks of one size: the one that came last goes first, while it is in the cache. One thread.</summary>
/// <remarks>
/// Invariant: the first <see cref="_count"/> slots have the free blocks. A slot behind them may still name the block that was taken from it, which most often
/// comes back to the same slot, and then no reference is written, and the garbage collector told of none. Such a block is in use or on its way back, since
/// <see cref="Forget"/> is called before any is left to the collector. So no slot keeps memory that nobody counts, but of blocks that were lost without a release.
/// </remarks>
internal struct FreeBlocks
{
    private const int FewestSlots = 16;

    private Block?[]? _slots;
    private int _count;

    /// <summary>The slots from here on are empty.</summary>
    private int _used;

    internal bool TryTake([NotNullWhen(true)] out Block? block)
    {
        int last = _count - 1;
        Block?[]? slots = _slots;
        if (slots is null || (uint)last >= (uint)slots.Length)
        {
            block = null;
            return false;
        }

        _count = last;
        block = slots[last]!;
        return true;
    }

    internal void Add(Block block)
    {
        Block?[]? slots = _slots;
        int count = _count;
        if (slots is null || (uint)count >= (uint)slots.Length)
        {
            AddToMore(block);
            return;
        }

        if (slots[count] != block)
        {
            slots[count] = block;
        }

        _count = count + 1;
        if (_used <= count)
        {
            _used = count + 1;
        }
    }

    /// <summary>A block of this size is left to the garbage collector: names none but those that are free.</summary>
    internal void Forget()
    {
        Debug.Assert(_count <= _used, "what is free is in use");
        _slots?.AsSpan(_count, _used - _count).Clear();
        _used = _count;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddToMore(Block block)
    {
        // No more than the bytes that a pool keeps, in blocks of this size: twice as many each time.
        Array.Resize(ref _slots, Math.Max(FewestSlots, 2 * (_slots?.Length ?? 0)));
        Add(block);
    }
}
