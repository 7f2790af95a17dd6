using System.Buffers;
using System.Diagnostics;

namespace QContinuum.Buffers;

/// <summary>Where messages are encoded before they are handed to a connection: a chain of blocks that grows at its end. One thread.</summary>
/// <remarks>
/// Invariant: <see cref="Bytes"/> is the sum of the lengths of the blocks, none of which is empty once a message is complete. While there is an <see cref="Allowance"/>, what has
/// been taken of it counts already, and lies at the end of the last block, whose own end is moved by <see cref="Settle"/>. <c>_next</c> points into that block: it is pinned,
/// and the chain's, and <c>_next + Allowance</c> is within it.
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
    private byte* _next;
    private int _allowed;

    /// <summary>Bytes in the chain.</summary>
    internal int Bytes => _bytes + _allowed - Allowance;

    /// <summary>
    /// Bytes for which whoever sends need not ask again: there is room for them, and they may wait. So most messages are sent at the cost of one comparison. 0 where nobody allowed
    /// any.
    /// </summary>
    internal int Allowance { get; private set; }

    internal bool IsEmpty => Bytes == 0;

    /// <summary>Whether something in it was sent while a message was handled: <see cref="Block.IsAnswer"/> of all its blocks.</summary>
    internal bool IsAnswer { get; set; }

    /// <summary>Whether a serialiser is at its end: nothing else may be put there meanwhile.</summary>
    internal bool IsBeingWritten { get; set; }

    /// <summary>Begins a chain whose first block has <paramref name="blockSize"/> bytes at least.</summary>
    internal void Begin(BlockPool pool, int blockSize)
    {
        Debug.Assert(_first is null, "a chain is detached before the next begins");
        _pool = pool;
        _blockSize = blockSize;
    }

    /// <summary>Allows as many of <paramref name="bytes"/> as find room in the last block.</summary>
    internal void Allow(long bytes)
    {
        Debug.Assert(_allowed == 0 && !IsBeingWritten, "what was allowed before has been settled");
        if (bytes > 0 && _last is { Free: > 0 } last)
        {
            Allowance = _allowed = (int)Math.Min(bytes, last.Free);
            _next = last.Origin + last.End;
        }
    }

    /// <summary>Where the next <paramref name="size"/> bytes of the allowance go. They count from <see cref="Spend"/> on.</summary>
    internal Span<byte> Room(int size)
    {
        Debug.Assert((uint)size <= (uint)Allowance, "nobody takes more than is allowed");
        return new Span<byte>(_next, size);
    }

    /// <summary>Takes what was written into <see cref="Room"/>.</summary>
    internal void Spend(int size)
    {
        Debug.Assert((uint)size <= (uint)Allowance, "nobody takes more than is allowed");
        _next += size;
        Allowance -= size;
    }

    /// <summary>Ends what is allowed: before anything else is done with the chain.</summary>
    internal void Settle()
    {
        int spent = _allowed - Allowance;
        if (spent > 0)
        {
            _last!.End += spent;
            _bytes += spent;
        }

        _allowed = 0;
        Allowance = 0;
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
        Debug.Assert(_allowed == 0, "what was allowed has been settled");
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

    /// <summary>Releases everything.</summary>
    internal void Clear()
    {
        Settle();
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
