using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace QContinuum.Buffers;

/// <summary>
/// A piece of pinned memory with a reference count: what is received lies in one, and what is to be sent is written into one.
/// </summary>
/// <remarks>
/// Invariant: <c>0 ≤ Start ≤ End ≤ Capacity</c>; bytes outside <c>[Start, End)</c> are never read, so that memory of an earlier owner never
/// reaches the wire. A block with one reference belongs to one thread, which may move both ends. <see cref="Origin"/> stays valid while the
/// block is referenced, because the array lives on the pinned heap.
/// </remarks>
internal sealed unsafe partial class Block
{
    internal Block(BlockPool pool, int sizeClass, int capacity, int place = NoPlace)
    {
        Place = place;
        _pool = pool;
        SizeClass = (sbyte)sizeClass;
        Capacity = capacity;
        Array = GC.AllocateUninitializedArray<byte>(capacity, pinned: true);
    }

    /// <summary>A view that shows nothing yet: <see cref="Show"/>.</summary>
    internal Block(BlockPool pool)
    {
        _pool = pool;
        Place = PlaceOfView;
        SizeClass = ViewClass;
        Array = [];
    }

    /// <summary>The <see cref="SizeClass"/> of a view: a block without memory of its own, which shows what another one holds, and holds that.</summary>
    internal const int ViewClass = -2;

    /// <summary>The <see cref="Place"/> of a block that has none.</summary>
    internal const int NoPlace = -1;

    private const int PlaceOfView = -2;

    /// <summary>The memory itself, on the pinned heap.</summary>
    internal byte[] Array { get; private set; }

    /// <summary>The address of the first byte of <see cref="Array"/>.</summary>
    internal byte* Origin
        => (byte*)Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(Array));

    /// <summary>The next block of a chain, or of the pool's free list.</summary>
    internal Block? Next { get; set; }

    /// <summary>On the first block of a published chain: the chain published before it.</summary>
    internal Block? Earlier { get; set; }

    /// <summary>What it holds was sent while a message of its peer was handled: as long as much of that waits, the peer is not read.</summary>
    internal bool IsAnswer { get; set; }

    /// <summary>On the first block of a published chain: its last block.</summary>
    internal Block? ChainLast { get; set; }

    private Block? _shared;

    // The three that another thread touches when it releases a block that has a place stand together, so that mostly one cache line has to come back: references lie in the
    // order in which they are declared, behind them numbers, and those of one size in theirs.
    private readonly BlockPool _pool;
    private int _references;

    /// <summary>Which of the pool's places it has, by which another thread returns it; negative where it goes on the pool's stack instead.</summary>
    internal int Place { get; }

    /// <summary>The first byte in use.</summary>
    internal int Start { get; set; }

    /// <summary>The byte after the last one in use.</summary>
    internal int End { get; set; }

    /// <summary>Bytes that may be in use; of a view no more than are.</summary>
    internal int Capacity { get; private set; }

    /// <summary>The pool's size class, or -1 for a block too large to be pooled.</summary>
    internal sbyte SizeClass { get; }

    internal bool IsView => Place == PlaceOfView;

    /// <summary>Whether nobody else has it, so that its holder may write behind <see cref="End"/>; never so of a view.</summary>
    internal bool IsAlone => !IsView && Volatile.Read(ref _references) == 1;

    /// <summary>How many hold what a view shows; 1 of other blocks.</summary>
    internal int Sharers => _shared is { } shared ? Volatile.Read(ref shared._references) : 1;

    internal int Length => End - Start;

    internal int Free => Capacity - End;

    internal ReadOnlyMemory<byte> Memory(int offset, int length)
    {
        AssertLive();
        return new ReadOnlyMemory<byte>(Array, offset, length);
    }

    /// <summary>The next <paramref name="length"/> bytes after <see cref="End"/>; the caller has seen that they are free.</summary>
    internal Span<byte> FreeSpan(int length)
    {
        AssertLive();
        Debug.Assert((uint)length <= (uint)Free, "a writer asks for no more than is free");
        return new Span<byte>(Origin + End, length);
    }

    /// <summary>Adds a holder. Only a holder may do so.</summary>
    internal void Retain()
    {
        AssertLive();
        Interlocked.Increment(ref _references);
    }

    /// <summary>Gives up a reference; the last one returns the block to its pool. Any thread.</summary>
    internal void Release()
    {
        AssertLive();

        // Who holds the only reference is alone with the block: nobody can retain it meanwhile, and no interlocked operation is needed. The read acquires what the other
        // holders did before they gave theirs up, each by an interlocked operation, which is a full fence: nothing of theirs comes after the block is used anew.
        int left = Volatile.Read(ref _references) == 1 ? 0 : Interlocked.Decrement(ref _references);
        AssertWasHeld(left);
        if (left == 0)
        {
            _references = 0;
            Untrack();
            if (IsView)
            {
                Hide();
            }

            _pool.Return(this);
        }
    }

    /// <summary>A free view keeps no memory alive.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Hide()
    {
        Block shared = _shared!;
        _shared = null;
        LoseMemory();
        shared.Release();
    }

    /// <summary>
    /// Nobody has the only reference any more, and what it showed may still be looked at: the block is not used anew, but left to the garbage collector. Any thread. In a
    /// Debug build it stays in the ledger, since it was never released.
    /// </summary>
    internal void Abandon() => _pool.Forget(this);

    /// <summary>It keeps no memory alive any more, whoever still names it: called where nobody holds it.</summary>
    internal void LoseMemory()
    {
        Debug.Assert(Volatile.Read(ref _references) == 0, "nobody holds what loses its memory");
        Array = [];
        Capacity = 0;
    }

    /// <summary>Called by the pool when it hands the block out.</summary>
    internal void Take()
    {
        Debug.Assert(_references == 0, "a free block has no holder");
        _references = 1;
        Start = 0;
        End = 0;
        Next = null;
        Earlier = null;
        ChainLast = null;
        IsAnswer = false;
    }

    /// <summary>Makes a view show all of <paramref name="shared"/>, which it holds until it is released. Nothing can be written behind what it shows.</summary>
    internal void Show(Block shared)
    {
        Debug.Assert(IsView && _shared is null, "a view shows one block at a time");
        shared.Retain();
        _shared = shared;
        Array = shared.Array;
        Start = shared.Start;
        End = shared.End;
        Capacity = shared.End;
    }

    /// <summary>In a Debug build, throws if nobody holds the block.</summary>
    partial void AssertLive();

    /// <summary>In a Debug build, throws if a reference was given up that was none.</summary>
    partial void AssertWasHeld(int left);

    /// <summary>In a Debug build, notes that nobody holds the block any more.</summary>
    partial void Untrack();
}
