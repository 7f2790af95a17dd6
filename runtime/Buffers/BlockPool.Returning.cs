using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace QContinuum.Buffers;

/// <summary>How blocks come back from other threads: a foreign one leaves them where the owner collects them, which wakes it where that is much.</summary>
internal sealed partial class BlockPool
{
    private Elsewhere _elsewhere;

    /// <summary>
    /// Wakes the owner, where it sleeps and would collect nothing for long: called by a thread that returns a block when much has been returned. Owner thread only, before it
    /// takes a block.
    /// </summary>
    internal Action? WakeOwner { private get; set; }

    /// <summary>
    /// What other threads have put on the stack and the owner has not collected, a <see cref="BlockCount"/>; what was lost without a release counts until then. Any thread.
    /// </summary>
    private long Returned
        => Volatile.Read(ref _elsewhere.Released) - Volatile.Read(ref _elsewhere.Dropped) - Volatile.Read(ref _elsewhere.Collected);

    /// <summary>What they have returned by a bit alone, and the owner has not collected: no more than there are places. Any thread.</summary>
    private long ReturnedToPlaces
    {
        get
        {
            long sum = 0;
            for (int word = 0; word < Elsewhere.Words; word++)
            {
                sum += CountOfPlaces(word, Volatile.Read(ref _elsewhere.Bits[word]));
            }

            return sum;
        }
    }

    /// <summary>Leaves a block where its owner collects it. Any thread but the owner.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReturnElsewhere(Block block)
    {
        // Each of the exchanges publishes the block with all that was written to it, and the owner acquires that in CollectReturned.
        if (block.Place >= 0)
        {
            // It counts as returned by its bit, which was clear, since the owner cleared it before it handed the block out, and only the last holder sets it.
            Interlocked.Or(ref _elsewhere.Bits[block.Place / BitsOfWord], 1L << block.Place % BitsOfWord);
            return;
        }

        long count = BlockCount.Of(block.Capacity);
        if (IsTooMuch(block))
        {
            Interlocked.Add(ref _elsewhere.Dropped, count);
            Interlocked.Add(ref _elsewhere.Released, count);
            block.LoseMemory();
            return;
        }

        Interlocked.Add(ref _elsewhere.Released, count);

        // A stack that anybody pushes onto and only the owner takes from, all at once: no block is on it twice, so that the same head is the same stack.
        Block? head = Volatile.Read(ref _elsewhere.Top);
        while (true)
        {
            block.Next = head;
            Block? found = Interlocked.CompareExchange(ref _elsewhere.Top, block, head);
            if (found == head)
            {
                break;
            }

            head = found;
        }

        // The exchange is a full fence: an owner that goes to sleep sees how much there is, or is seen to sleep.
        if (IsMuch(Returned))
        {
            WakeOwner?.Invoke();
        }
    }

    /// <summary>
    /// Whether another thread leaves a block that has no place to the garbage collector: the owner, who may not look for long, would not keep it. Any thread.
    /// </summary>
    private bool IsTooMuch(Block block)
        => block.IsView ? BlockCount.Blocks(Returned) >= KeepViews : block.SizeClass < 0 || BlockCount.Bytes(Returned) + block.Capacity > KeepBytes;

    private bool IsMuch(long returned) => BlockCount.Bytes(returned) >= KeepBytes / ReturnedShare;

    /// <summary>
    /// Takes over what other threads returned, where that is much, so that it is kept within bounds: before the owner sleeps, which may be for long. Owner thread only; after a
    /// full fence, from which on the owner is woken.
    /// </summary>
    internal void CollectBeforeSleep()
    {
        Debug.Assert(IsOfThisThread, "only its own thread collects what was returned to a pool");
        if (IsMuch(Returned + ReturnedToPlaces))
        {
            CollectReturned();
        }
    }

    /// <summary>
    /// Does without a block that was lost: it is held no more, and does not come back. Where the owner still names it, which only the owner can change, its memory stays
    /// until that is used anew. Any thread.
    /// </summary>
    internal void Forget(Block block) => Interlocked.Add(ref _elsewhere.Released, BlockCount.Of(block.Capacity));

    private void CollectReturned()
    {
        // What is counted and on its way is collected with what follows it.
        long released = Volatile.Read(ref _elsewhere.Released) - Volatile.Read(ref _elsewhere.Dropped);
        if (released != _elsewhere.Collected)
        {
            Volatile.Write(ref _elsewhere.Collected, released);
        }

        for (int word = 0; word < Elsewhere.Words; word++)
        {
            long bits = Volatile.Read(ref _elsewhere.Bits[word]);
            if (bits == 0)
            {
                continue;
            }

            Volatile.Write(ref _releasedHere, _releasedHere + CountOfPlaces(word, bits));
            Interlocked.And(ref _elsewhere.Bits[word], ~bits);
            for (; bits != 0; bits &= bits - 1)
            {
                // The block itself is not looked at: that would fetch it for reading, and taking it once more for writing.
                var (returned, sizeClass) = _places[PlaceOf(word, bits)];
                Keep(returned!, sizeClass, BytesOf(sizeClass));
            }
        }

        Block? block = Volatile.Read(ref _elsewhere.Top) is null ? null : Interlocked.Exchange(ref _elsewhere.Top, null);
        while (block is not null)
        {
            Block? next = block.Next;
            Keep(block, block.SizeClass, block.Capacity);
            block = next;
        }
    }

    /// <summary>The place of the lowest bit that is set.</summary>
    private static int PlaceOf(int word, long bits) => (word * BitsOfWord) + BitOperations.TrailingZeroCount(bits);

    /// <summary>The blocks of so many places, as a <see cref="BlockCount"/>. Any thread: a place that has a bit keeps its block.</summary>
    private long CountOfPlaces(int word, long bits)
    {
        long sum = 0;
        for (; bits != 0; bits &= bits - 1)
        {
            sum += BlockCount.Of(BytesOf(_places[PlaceOf(word, bits)].SizeClass));
        }

        return sum;
    }

    /// <summary>What other threads write, with each block that they return: in a cache line of its own, behind one that nobody writes.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 3 * LineBytes)]
    private struct Elsewhere
    {
        /// <summary>Words of <see cref="Bits"/>: what, with the rest, fits one line.</summary>
        internal const int Words = 4;

        private const int LineBytes = 64;

        /// <summary>The top of the return stack.</summary>
        [FieldOffset(LineBytes)]
        internal Block? Top;

        /// <summary>What other threads have returned since the pool is there, other than by bits, a <see cref="BlockCount"/>.</summary>
        [FieldOffset(LineBytes + 8)]
        internal long Released;

        /// <summary>The places of the blocks that are returned and not collected, which say so by nothing else.</summary>
        [FieldOffset(LineBytes + 16)]
        internal BitsOfPlaces Bits;

        /// <summary>What of <see cref="Released"/> they left to the garbage collector.</summary>
        [FieldOffset(LineBytes + 16 + (8 * Words))]
        internal long Dropped;

        /// <summary>The rest of it, up to which the owner has collected: the owner's, who writes it only where it has collected something.</summary>
        [FieldOffset(LineBytes + 24 + (8 * Words))]
        internal long Collected;
    }

    [InlineArray(Elsewhere.Words)]
    private struct BitsOfPlaces
    {
        private long _first;
    }
}
