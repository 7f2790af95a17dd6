using System.Buffers;
using System.Diagnostics;

namespace QContinuum.Buffers;

/// <summary>Where messages are encoded before they are handed to a connection: a chain of blocks that grows at its end. One thread.</summary>
/// <remarks>Invariant: <see cref="Bytes"/> is the sum of the lengths of the blocks, none of which is empty once a message is complete.</remarks>
internal sealed class OutgoingChain : IBufferWriter<byte>
{
    /// <summary>The first block of a chain that will hold little.</summary>
    internal const int SmallBlockSize = 1024;

    private BlockPool _pool = null!;
    private Block? _first;
    private Block? _last;
    private int _blockSize;

    /// <summary>Bytes in the chain.</summary>
    internal int Bytes { get; private set; }

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

    /// <summary>Whether <paramref name="size"/> bytes fit behind what is there; not less than none do.</summary>
    internal bool HasRoom(int size) => _last is { } last && (uint)size <= (uint)last.Free;

    /// <summary>The same room as <see cref="Reserve"/> gives; the caller has seen that it is there.</summary>
    internal Span<byte> Room(int size) => _last!.FreeSpan(size);

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
        Bytes += count;
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
        Bytes += block.Length;
    }

    /// <summary>Where the chain ends now, to come back to.</summary>
    internal Mark End() => new(_last, _last?.End ?? 0, Bytes);

    /// <summary>Takes back everything behind <paramref name="mark"/>.</summary>
    internal void Rollback(in Mark mark)
    {
        Block? rest = mark.Last is null ? _first : mark.Last.Next;
        _last = mark.Last;
        Bytes = mark.Bytes;
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
        Block first = _first!;
        last = _last!;
        bytes = Bytes;
        for (Block? block = IsAnswer ? first : null; block is not null; block = block.Next)
        {
            block.IsAnswer = true;
        }

        _first = null;
        _last = null;
        Bytes = 0;
        IsAnswer = false;
        return first;
    }

    /// <summary>Releases everything.</summary>
    internal void Clear()
    {
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
