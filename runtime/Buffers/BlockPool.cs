using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using QContinuum.Loops;

namespace QContinuum.Buffers;

/// <summary>
/// The blocks of one thread. Only that thread takes them; any thread returns them, a foreign one to where the owner collects them.
/// </summary>
/// <remarks>
/// Invariant: a block is in exactly one place: held, free, or returned by another thread and not yet collected.
/// Another thread touches the block, <see cref="_elsewhere"/>, and nothing else of the pool: what the owner writes with each block is in other cache lines.
/// A block that has a place says by a bit that it is returned: the owner then reads the blocks side by side, where a list would have it wait for each before it
/// knew the next. All others go on a Treiber stack whose consumer takes everything at once, so that no block can be popped and pushed again between a read and a
/// compare (no ABA).
/// </remarks>
internal sealed partial class BlockPool
{
    /// <summary>What a lane writes outgoing messages into.</summary>
    internal const int StandardSize = 16 * 1024;

    private const int SmallestSizeLog2 = 10;
    private const int LargestSizeLog2 = 22;

    /// <summary>Up to this size a block is of a class, twice as large as the one before; beyond it, as large as it is asked for.</summary>
    internal const int LargestClass = 1 << LargestSizeLog2;

    /// <summary>What the pool of any thread keeps: beyond it a returned block goes to the garbage collector, so that no burst stays in memory for ever.</summary>
    private const long KeepBytesByDefault = 4L * 1024 * 1024;

    /// <summary>
    /// So large a part of what is kept may have been returned by other threads and not been collected while the owner sleeps: an eighth, besides the few that have a place. The rest
    /// may be free.
    /// </summary>
    private const int ReturnedShare = 8;

    /// <summary>Views that are kept: a message to as many peers needs no new ones.</summary>
    private const int KeepViews = 16 * 1024;

    [ThreadStatic]
    private static BlockPool? t_ofThread;

    /// <summary>
    /// Blocks that have a place, and no larger ones than <see cref="StandardSize"/>: what is lost without a release stays in memory, and that is to be little.
    /// </summary>
    private const int Places = Elsewhere.Words * BitsOfWord;

    private const int BitsOfWord = 64;

    private readonly (Block? Block, int SizeClass)[] _places = new (Block? Block, int SizeClass)[Places];
    private readonly FreeBlocks[] _free = new FreeBlocks[LargestSizeLog2 - SmallestSizeLog2 + 1];
    private Block? _freeViews;
    private int _freeViewCount;
    private long _freeBytes;

    /// <summary>What of <see cref="KeepBytes"/> may be free.</summary>
    private long _mostFree = KeepBytesByDefault - (KeepBytesByDefault / ReturnedShare);
    private long _taken;
    private long _takenElsewhere;
    private long _releasedHere;
    private long _droppedBytes;
    private static long s_elsewhere;

    private BlockPool()
    {
        lock (All)
        {
            All.RemoveAll(static pool => !pool.TryGetTarget(out _));
            All.Add(new WeakReference<BlockPool>(this));
        }
    }

    /// <summary>Every pool that lives: also that of a thread that has ended, as long as somebody holds a block of it. Locked while it is used.</summary>
    private static List<WeakReference<BlockPool>> All { get; } = [];

    /// <summary>That of a lane's thread, which has an end; other threads just end, and theirs is not noted.</summary>
    private OwnStack _stack;

    /// <summary>Whether the calling thread owns the pool.</summary>
    private bool IsOfThisThread => _stack.IsInUse || t_ofThread == this;

    /// <summary>The owner thread is told by its stack from now on. Owner thread only, which calls <see cref="EndStack"/> before it ends.</summary>
    internal void BeginStack() => _stack.Begin();

    /// <summary>The owner thread is about to end.</summary>
    internal void EndStack() => _stack.End();

    /// <summary>The pool of the calling thread.</summary>
    internal static BlockPool OfThread => t_ofThread ??= new BlockPool();

    /// <summary>How many bytes are kept that nobody holds. Owner thread only, before it takes a block.</summary>
    internal long KeepBytes
    {
        private get;
        set
        {
            field = value;
            _mostFree = value - (value / ReturnedShare);
        }
    }

    = KeepBytesByDefault;

    /// <summary>Blocks taken and not yet returned. Exact only while nobody takes or returns.</summary>
    internal long Outstanding => BlockCount.Blocks(Held);

    /// <summary>Bytes of all that was ever taken, here and elsewhere, as a <see cref="BlockCount"/>: what is between two of them was taken meanwhile. Owner thread only.</summary>
    internal long Taken => _taken + _takenElsewhere;

    /// <summary>Bytes of the blocks that are held now, of all threads: queues, unfinished messages, what is being read. Any thread; as exact as it can be meanwhile.</summary>
    internal static long HeldBytesOfAll => Volatile.Read(ref s_elsewhere) + SumOfAll(static pool => pool.HeldBytes);

    /// <summary>Bytes of <see cref="Outstanding"/>.</summary>
    internal long HeldBytes => BlockCount.Bytes(Held);

    /// <summary>What is held, as a <see cref="BlockCount"/>.</summary>
    /// <remarks>
    /// The bits are looked at first, and the owner counts what it collects by them before it clears them: who looks meanwhile may count a block as returned twice, but none that was
    /// returned as held, as if memory were short.
    /// </remarks>
    private long Held
    {
        get
        {
            long returned = ReturnedToPlaces;
            return Volatile.Read(ref _taken) - Volatile.Read(ref _releasedHere) - returned - Volatile.Read(ref _elsewhere.Released);
        }
    }

    /// <summary>Counts what is held in other memory than blocks. Owner thread only.</summary>
    internal void TakeElsewhere(int bytes)
    {
        Debug.Assert(IsOfThisThread, "what a thread takes elsewhere counts as its own");
        _takenElsewhere += bytes;
        Interlocked.Add(ref s_elsewhere, bytes);
    }

    /// <summary>Counts that what was held in other memory is not any more. Any thread.</summary>
    internal static void ReleaseElsewhere(int bytes) => Interlocked.Add(ref s_elsewhere, -bytes);

    /// <summary>Bytes of all blocks that were ever left to the garbage collector, by the threads that are there. Any thread.</summary>
    internal static long DroppedBytesOfAll
        => SumOfAll(static pool => Volatile.Read(ref pool._droppedBytes) + BlockCount.Bytes(Volatile.Read(ref pool._elsewhere.Dropped)));

    private static long SumOfAll(Func<BlockPool, long> bytes)
    {
        long sum = 0;
        lock (All)
        {
            foreach (WeakReference<BlockPool> reference in All)
            {
                if (reference.TryGetTarget(out BlockPool? pool))
                {
                    sum += bytes(pool);
                }
            }
        }

        return sum;
    }

    private Block TakeFree(int size, bool exactly)
    {
        Debug.Assert(IsOfThisThread, "only its own thread takes from a pool");
        Debug.Assert(size > 0, "a block has room for something");

        int sizeClass = Math.Max(BitOperations.Log2((uint)size - 1 | 1) + 1 - SmallestSizeLog2, 0);
        FreeBlocks[] free = _free;
        Block block = exactly || (uint)sizeClass >= (uint)free.Length ? new Block(this, -1, size)
            : free[sizeClass].TryTake(out Block? kept) ? Unkept(kept, sizeClass)
            : TakeOther(sizeClass);
        _taken += BlockCount.Of(block.Capacity);
        block.Take();
        return block;
    }

    private static int BytesOf(int sizeClass) => 1 << sizeClass + SmallestSizeLog2;

    /// <summary>None is free: what other threads returned comes first, before a new one.</summary>
    private Block TakeOther(int sizeClass)
    {
        CollectReturned();
        if (_free[sizeClass].TryTake(out Block? free))
        {
            return Unkept(free, sizeClass);
        }

        int capacity = BytesOf(sizeClass);
        int place = capacity <= StandardSize ? FreePlace() : Block.NoPlace;
        Block block = new(this, sizeClass, capacity, place);
        if (place >= 0)
        {
            _places[place] = (block, sizeClass);
        }

        return block;
    }

    private int FreePlace()
    {
        int place = 0;
        while (place < _places.Length && _places[place].Block is not null)
        {
            place++;
        }

        return place < _places.Length ? place : Block.NoPlace;
    }

    private Block Unkept(Block block, int sizeClass)
    {
        _freeBytes -= BytesOf(sizeClass);
        return block;
    }

    private Block TakeFreeView(Block shared)
    {
        Debug.Assert(IsOfThisThread, "only its own thread takes from a pool");
        _taken += BlockCount.Of(0);
        if (_freeViews is null)
        {
            CollectReturned();
        }

        Block? view = _freeViews;
        if (view is null)
        {
            view = new Block(this);
        }
        else
        {
            _freeViews = view.Next;
            _freeViewCount--;
        }

        view.Take();
        view.Show(shared);
        return view;
    }

    /// <summary>Takes back a block whose last reference was released. Any thread.</summary>
    internal void Return(Block block)
    {
        // A view shows nothing any more, and counts no bytes.
        Debug.Assert(block.Capacity == block.Array.Length, "a block counts the memory that is its own");
        if (IsOfThisThread)
        {
            _releasedHere += BlockCount.Of(block.Capacity);
            Keep(block, block.SizeClass, block.Capacity);
        }
        else
        {
            ReturnElsewhere(block);
        }
    }

    private void Keep(Block block, int sizeClass, int capacity)
    {
        if (sizeClass >= 0 && _freeBytes + capacity <= _mostFree)
        {
            _freeBytes += capacity;
            _free[sizeClass].Add(block);
        }
        else if (sizeClass == Block.ViewClass)
        {
            KeepView(block);
        }
        else
        {
            Drop(block);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void KeepView(Block view)
    {
        view.Next = null;
        if (_freeViewCount < KeepViews)
        {
            view.Next = _freeViews;
            _freeViews = view;
            _freeViewCount++;
        }
    }

    /// <summary>Leaves a block to the garbage collector.</summary>
    private void Drop(Block block)
    {
        _droppedBytes += block.Capacity;
        block.Next = null;
        if (block.SizeClass >= 0)
        {
            _free[block.SizeClass].Forget();
        }

        if (block.Place >= 0)
        {
            _places[block.Place] = default;
        }
    }
}
