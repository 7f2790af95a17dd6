using System.Diagnostics;
using System.Numerics;

namespace QContinuum.Buffers;

/// <summary>
/// The blocks of one thread. Only that thread takes them; any thread returns them, a foreign one through a stack that the owner empties.
/// </summary>
/// <remarks>
/// Invariant: a block is in exactly one place: held, in a free list, or on the return stack. The return stack is a Treiber stack whose
/// consumer takes everything at once, so that no block can be popped and pushed again between a read and a compare (no ABA).
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

    /// <summary>Views that are kept: a message to as many peers needs no new ones.</summary>
    private const int KeepViews = 16 * 1024;

    [ThreadStatic]
    private static BlockPool? t_ofThread;

    private readonly Block?[] _free = new Block?[LargestSizeLog2 - SmallestSizeLog2 + 1];
    private readonly int _ownerThread = Environment.CurrentManagedThreadId;
    private Block? _returned;
    private Block? _freeViews;
    private int _freeViewCount;
    private long _freeBytes;
    private long _taken;
    private long _releasedHere;
    private long _releasedElsewhere;
    private static long s_elsewhere;

    private long _takenBytes;
    private long _releasedHereBytes;
    private long _releasedElsewhereBytes;
    private long _droppedBytes;

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

    /// <summary>The pool of the calling thread.</summary>
    internal static BlockPool OfThread => t_ofThread ??= new BlockPool();

    /// <summary>How many bytes of free blocks are kept. Owner thread only.</summary>
    internal long KeepBytes { private get; set; } = KeepBytesByDefault;

    /// <summary>Blocks taken and not yet returned. Exact only while nobody takes or returns.</summary>
    internal long Outstanding => Volatile.Read(ref _taken) - Volatile.Read(ref _releasedHere) - Volatile.Read(ref _releasedElsewhere);

    /// <summary>Bytes of all blocks that were ever taken. Owner thread only.</summary>
    internal long TakenBytes => _takenBytes;

    /// <summary>Bytes of the blocks that are held now, of all threads: queues, unfinished messages, what is being read. Any thread; as exact as it can be meanwhile.</summary>
    internal static long HeldBytesOfAll => Volatile.Read(ref s_elsewhere) + SumOfAll(
        static pool => Volatile.Read(ref pool._takenBytes) - Volatile.Read(ref pool._releasedHereBytes) - Volatile.Read(ref pool._releasedElsewhereBytes));

    /// <summary>Counts what is held in other memory than blocks, and what is not any more. Any thread.</summary>
    internal static void CountElsewhere(int bytes) => Interlocked.Add(ref s_elsewhere, bytes);

    /// <summary>Bytes of all blocks that were ever left to the garbage collector, by the threads that are there. Any thread.</summary>
    internal static long DroppedBytesOfAll => SumOfAll(static pool => Volatile.Read(ref pool._droppedBytes));

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
        Debug.Assert(Environment.CurrentManagedThreadId == _ownerThread, "only its own thread takes from a pool");
        Debug.Assert(size > 0, "a block has room for something");

        int sizeClass = Math.Max(BitOperations.Log2((uint)size - 1 | 1) + 1 - SmallestSizeLog2, 0);
        _taken++;
        if (exactly || sizeClass >= _free.Length)
        {
            Block unpooled = new(this, -1, size);
            _takenBytes += size;
            unpooled.Take();
            return unpooled;
        }

        if (_free[sizeClass] is null && Volatile.Read(ref _returned) is not null)
        {
            CollectReturned();
        }

        Block? block = _free[sizeClass];
        if (block is null)
        {
            block = new Block(this, sizeClass, 1 << sizeClass + SmallestSizeLog2);
        }
        else
        {
            _free[sizeClass] = block.Next;
            _freeBytes -= block.Capacity;
        }

        _takenBytes += block.Array.Length;
        block.Take();
        return block;
    }

    private Block TakeFreeView(Block shared)
    {
        Debug.Assert(Environment.CurrentManagedThreadId == _ownerThread, "only its own thread takes from a pool");
        _taken++;
        if (_freeViews is null && Volatile.Read(ref _returned) is not null)
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
        if (Environment.CurrentManagedThreadId == _ownerThread)
        {
            _releasedHere++;
            _releasedHereBytes += SizeOf(block);
            Keep(block);
            return;
        }

        // A stack that anybody pushes onto and only the owner takes from, all at once: no block is on it twice, so that the same head is the same stack. The exchange
        // publishes the block with all that was written to it, and the owner's, in CollectReturned, acquires that.
        Interlocked.Increment(ref _releasedElsewhere);
        Interlocked.Add(ref _releasedElsewhereBytes, SizeOf(block));
        Block? head;
        do
        {
            head = Volatile.Read(ref _returned);
            block.Next = head;
        }
        while (Interlocked.CompareExchange(ref _returned, block, head) != head);
    }

    private static int SizeOf(Block block) => block.SizeClass == Block.ViewClass ? 0 : block.Array.Length;

    private void CollectReturned()
    {
        Block? block = Interlocked.Exchange(ref _returned, null);
        while (block is not null)
        {
            Block? next = block.Next;
            Keep(block);
            block = next;
        }
    }

    private void Keep(Block block)
    {
        if (block.SizeClass == Block.ViewClass)
        {
            block.Next = null;
            if (_freeViewCount < KeepViews)
            {
                block.Next = _freeViews;
                _freeViews = block;
                _freeViewCount++;
            }

            return;
        }

        if (block.SizeClass < 0 || _freeBytes + block.Capacity > KeepBytes)
        {
            block.Next = null;
            _droppedBytes += block.Array.Length;
            return;
        }

        block.Next = _free[block.SizeClass];
        _free[block.SizeClass] = block;
        _freeBytes += block.Capacity;
    }
}
