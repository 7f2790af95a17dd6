using System.Buffers;
using System.Diagnostics;

namespace QContinuum.Buffers;

/// <summary>Where messages are encoded before they are handed to a connection: a chain of blocks that grows at its end. One thread.</summary>
/// <remarks>
/// Invariant: <see cref="Bytes"/> is the sum of the lengths of the blocks, none of which is empty once a message is complete. While there is an allowance, <c>_from ≤ _next ≤ _end</c>
/// point into the last block, which is pinned and the chain's: what lies between the first two is taken already, though only <see cref="Settle"/> moves the end of the block.
/// </remarks>
internal sealed unsafe class OutgoingChain : IBufferWriter<byte>
{
    /// <summary>The first block of a chain that will hold little.</summary>
    internal const int SmallBlockSize = 1024;

    private BlockPool _pool = null!;
    private Block? _first;
    private Block? _last;
    private int _blockSize;
    private int _bytes;

    // The allowance: where it begins, where the next frame goes, and where it ends; and that end once more, which is null while a frame is open.
    private byte* _from;
    private byte* _next;
    private byte* _end;
    private byte* _limit;

    /// <summary>Where the frame begins that was opened last.</summary>
    private byte* _opened;

    /// <summary>The block of a frame that was open when something else had to be done with the chain; null for none.</summary>
    private Block? _openBlock;
    private int _openStart;
    private int _openEnd;

    /// <summary>Bytes in the chain.</summary>
    internal int Bytes => _bytes + (int)(_next - _from);

    internal bool IsEmpty => Bytes == 0;

    /// <summary>Whether something in it was sent while a message was handled: <see cref="Block.IsAnswer"/> of all its blocks.</summary>
    internal bool IsAnswer { get; set; }

    /// <summary>Whether a serialiser is at its end: nothing else may be put there meanwhile.</summary>
    internal bool IsBeingWritten { get; set; }

    /// <summary>
    /// Whether a frame is being written into <see cref="Open"/>, or was until what writes it threw: the two are not told from one another while a handler runs. Nobody gets that
    /// frame meanwhile, and the rest only by <see cref="MoveAllButOpen"/>.
    /// </summary>
    internal bool IsOpen => _openBlock is not null || (_limit is null && _from is not null);

    /// <summary>Begins a chain whose first block has <paramref name="blockSize"/> bytes at least.</summary>
    internal void Begin(BlockPool pool, int blockSize)
    {
        Debug.Assert(_first is null, "a chain is detached before the next begins");
        _pool = pool;
        _blockSize = blockSize;
    }

    /// <summary>
    /// Allows as many of <paramref name="bytes"/> as find room in the last block: for so many, whoever sends need not ask again. So most messages are sent at the cost of one
    /// comparison.
    /// </summary>
    internal void Allow(long bytes)
    {
        Debug.Assert(_from is null && !IsBeingWritten, "what was allowed before has been settled");
        if (bytes > 0 && _openBlock is null && _last is { Free: > 0 } last)
        {
            _from = _next = last.Origin + last.End;
            _limit = _end = _next + Math.Min(bytes, last.Free);
        }
    }

    /// <summary>Whether <paramref name="size"/> bytes are allowed; not less than none are, and nothing is while a frame is open.</summary>
    internal bool Allows(int size) => (uint)size <= _limit - _next;

    /// <summary>
    /// Takes <paramref name="size"/> bytes of the allowance for a frame that is written now. What is sent while it is written comes behind it; if what writes it throws, it is cut out
    /// again.
    /// </summary>
    internal Span<byte> Open(int size)
    {
        Debug.Assert(Allows(size), "nobody takes more than is allowed");
        byte* room = _next;
        _opened = room;
        _next = room + size;
        _limit = null;
        return new Span<byte>(room, size);
    }

    /// <summary>The frame that was opened is written.</summary>
    internal void Close()
    {
        if (_from is not null)
        {
            _limit = _end;
        }
        else
        {
            _openBlock = null;
        }
    }

    /// <summary>Ends what is allowed: before anything else is done with the chain.</summary>
    internal void Settle()
    {
        if (_from is null)
        {
            return;
        }

        Block last = _last!;
        if (_limit is null)
        {
            _openBlock = last;
            _openStart = (int)(_opened - last.Origin);
            _openEnd = (int)(_next - last.Origin);
        }

        int taken = (int)(_next - _from);
        last.End += taken;
        _bytes += taken;
        _from = _next = _end = _limit = null;
    }

    /// <summary>Room for exactly <paramref name="size"/> contiguous bytes, which <see cref="Advance"/> then takes.</summary>
    internal Span<byte> Reserve(int size)
    {
        Block? last = _last;
        return last is not null && last.Free >= size ? last.FreeSpan(size) : Grow(size).FreeSpan(size);
    }

    /// <summary>Takes <paramref name="count"/> bytes of the room that was given out last.</summary>
    public void Advance(int count)
    {
        Block last = _last!;
        if ((uint)count > (uint)last.Free)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, "More was written than there was room for.");
        }

        last.End += count;
        _bytes += count;
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => RoomFor(sizeHint) is var block ? block.FreeSpan(block.Free) : default;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0) => RoomFor(sizeHint) is var block ? block.Array.AsMemory(block.End) : default;

    /// <summary>Adds a block that is filled already, and takes its reference.</summary>
    internal void Append(Block block)
    {
        Debug.Assert(block.Next is null && block.Length > 0, "one block, which holds something");
        if (_last is null)
        {
            _first = block;
        }
        else
        {
            _last.Next = block;
        }

        _last = block;
        _bytes += block.Length;
    }

    /// <summary>Where the chain ends now, to come back to.</summary>
    internal Mark End() => new(_last, _last?.End ?? 0, Bytes);

    /// <summary>Takes back everything behind <paramref name="mark"/>.</summary>
    internal void Rollback(in Mark mark)
    {
        Block? rest = mark.Last is null ? _first : mark.Last.Next;
        Debug.Assert(_from is null, "what was allowed has been settled");
        _last = mark.Last;
        _bytes = mark.Bytes;
        if (mark.Last is null)
        {
            _first = null;
        }
        else
        {
            mark.Last.End = mark.End;
            mark.Last.Next = null;
        }

        while (rest is not null)
        {
            Block? next = rest.Next;
            rest.Release();
            rest = next;
        }
    }

    /// <summary>Drops what is empty behind <paramref name="mark"/>: room that was asked for, and not needed.</summary>
    internal void DropEmpty(in Mark mark)
    {
        Debug.Assert(_from is null, "what was allowed has been settled");
        Block? kept = mark.Last;
        Block? next;
        for (Block? block = kept is null ? _first : kept.Next; block is not null; block = next)
        {
            next = block.Next;
            if (block.Length > 0)
            {
                kept = block;
                continue;
            }

            if (kept is null)
            {
                _first = next;
            }
            else
            {
                kept.Next = next;
            }

            block.Release();
        }

        _last = kept;
    }

    /// <summary>The span of <paramref name="length"/> bytes that begins at <paramref name="mark"/>, where they were reserved in one piece.</summary>
    internal Span<byte> Reserved(in Mark mark, int length)
    {
        // They lie in the block of the mark if they fitted there, else at the start of the one behind it.
        Block block = mark.Last is { } last && last.Capacity - mark.End >= length ? last : mark.Last is null ? _first! : mark.Last.Next!;
        return block.Array.AsSpan(block == mark.Last ? mark.End : 0, length);
    }

    /// <summary>Gives the blocks away, and begins anew.</summary>
    internal Block Detach(out Block last, out int bytes)
    {
        Debug.Assert(!IsEmpty, "there is something to give away");
        Settle();
        Debug.Assert(_openBlock is null, "a frame that is open is finished, or cut out, before");
        Block first = _first!;
        last = _last!;
        bytes = Bytes;
        for (Block? block = IsAnswer ? first : null; block is not null; block = block.Next)
        {
            block.IsAnswer = true;
        }

        _first = null;
        _last = null;
        _bytes = 0;
        IsAnswer = false;
        return first;
    }

    /// <summary>
    /// Moves all but the frame that is open, if there is more, to <paramref name="other"/>, which has nothing. Who writes that frame may do so still, and has its memory: what is around
    /// it in its block is copied. It is the first of the chain from then on.
    /// </summary>
    internal void MoveAllButOpen(OutgoingChain other)
    {
        Settle();
        Debug.Assert(!IsBeingWritten, "nobody has a mark in what is moved");
        Block open = _openBlock!;
        int before = _openStart - open.Start;
        int around = before + open.End - _openEnd;
        Block? copy = null;
        if (around > 0)
        {
            copy = _pool.Take(around);
            Span<byte> room = copy.FreeSpan(around);
            open.Array.AsSpan(open.Start, before).CopyTo(room);
            open.Array.AsSpan(_openEnd, around - before).CopyTo(room[before..]);
            copy.End = around;
        }

        other.Begin(_pool, _blockSize);
        other.IsAnswer = IsAnswer;
        Block? next;
        for (Block? block = _first; block is not null; block = next)
        {
            next = block.Next;
            block.Next = null;
            if ((block == open ? copy : block) is { } moved)
            {
                other.Append(moved);
            }
        }

        open.Start = _openStart;
        open.End = _openEnd;
        _first = _last = open;
        _bytes = open.Length;
    }

    /// <summary>No handler runs: where a frame is open, what was to write it has thrown. What follows moves to where it would be.</summary>
    internal void CutOpenFrame()
    {
        Settle();
        if (_openBlock is not { } block)
        {
            return;
        }

        int length = _openEnd - _openStart;
        block.Array.AsSpan(_openEnd, block.End - _openEnd).CopyTo(block.Array.AsSpan(_openStart));
        block.End -= length;
        _bytes -= length;
        _openBlock = null;
        if (block.Length == 0)
        {
            DropEmpty(default);
        }
    }

    /// <summary>Releases everything.</summary>
    internal void Clear()
    {
        Settle();
        _openBlock = null;
        Rollback(default);
        IsAnswer = false;
    }

    private Block RoomFor(int sizeHint)
    {
        // What asks for nothing in particular writes small pieces: offer no sliver.
        const int Least = 64;
        int size = Math.Max(sizeHint, Least);
        Block? last = _last;
        return last is not null && last.Free >= size ? last : Grow(size);
    }

    private Block Grow(int size)
    {
        Block block = _pool.Take(Math.Max(size, _last is null ? _blockSize : BlockPool.StandardSize));
        if (_last is null)
        {
            _first = block;
        }
        else
        {
            _last.Next = block;
        }

        _last = block;
        return block;
    }

    /// <summary>A place in a chain.</summary>
    internal readonly record struct Mark(Block? Last, int End, int Bytes);
}
