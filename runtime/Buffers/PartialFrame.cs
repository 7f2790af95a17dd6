using System.Diagnostics;
using System.Numerics;

namespace QContinuum.Buffers;

/// <summary>
/// What a lane keeps of a peer between two reads: the beginning of a frame, or, while the lane is held, everything that arrived. It owns no
/// memory while it is empty, and never commits more than twice what has arrived (1 KiB at least), whatever a header claims: an eighth more than has arrived where
/// memory is short.
/// </summary>
internal struct PartialFrame
{
    /// <summary>The longest frame that can be kept: an array holds a little less than a length may be.</summary>
    internal static int Longest => Array.MaxLength;

    private Block? _block;

    internal readonly bool IsEmpty => _block is null;

    internal readonly int Length => _block?.Length ?? 0;

    internal readonly int Committed => _block?.Capacity ?? 0;

    internal readonly ReadOnlyMemory<byte> Memory => _block is { } block ? block.Memory(block.Start, block.Length) : default;

    /// <summary>What is committed more once <paramref name="count"/> bytes follow, where memory is not short; 0 where they find room.</summary>
    internal readonly int GrowthFor(int count)
        => _block is not { } block || block.Capacity - block.Length >= count ? 0 : SizeFor(block.Length, count) - block.Capacity;

    /// <summary>Copies <paramref name="bytes"/> behind what is there.</summary>
    /// <param name="bytes">What has arrived.</param>
    /// <param name="pool">Of the calling lane.</param>
    /// <param name="isShort">Memory is short: little is taken for what may still arrive.</param>
    internal void Append(ReadOnlySpan<byte> bytes, BlockPool pool, bool isShort = false)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        Block block = Room(bytes.Length, pool, isShort);
        bytes.CopyTo(block.FreeSpan(bytes.Length));
        block.End += bytes.Length;
    }

    /// <summary>Copies <paramref name="bytes"/> before what is there.</summary>
    internal void Prepend(ReadOnlySpan<byte> bytes, BlockPool pool)
    {
        PartialFrame behind = this;
        _block = null;
        Append(bytes, pool);
        Append(behind.Memory.Span, pool);
        behind.Clear();
    }

    /// <summary>Drops <paramref name="count"/> bytes from the front, and the memory with the last of them; what is left of much moves to where it takes little.</summary>
    internal void Consume(int count, BlockPool pool)
    {
        Debug.Assert((uint)count <= (uint)Length, "no more is consumed than is there");
        if (_block is not { } block)
        {
            return;
        }

        block.Start += count;
        if (block.Length == 0)
        {
            Clear();
        }
        else if (block.Capacity > BlockPool.StandardSize && block.Length < block.Capacity / 4)
        {
            // Each time a quarter at most: all the copies together are less than what was there.
            PartialFrame large = this;
            _block = null;
            Append(large.Memory.Span, pool);
            large.Clear();
        }
    }

    /// <summary>Drops everything.</summary>
    internal void Clear()
    {
        _block?.Release();
        _block = null;
    }

    private Block Room(int count, BlockPool pool, bool isShort)
    {
        Block? old = _block;
        if (old is not null && old.Free >= count)
        {
            return old;
        }

        int length = old?.Length ?? 0;
        if (old is not null && old.Capacity - length >= count)
        {
            // The consumed front makes room enough. Source and destination may overlap, which CopyTo allows.
            old.Array.AsSpan(old.Start, length).CopyTo(old.Array);
            old.Start = 0;
            old.End = length;
            return old;
        }

        if (count > Longest - length)
        {
            // In every build: what follows writes to memory that nobody checks.
            throw new InvalidOperationException($"{length} bytes are kept, and {count} more would be longer than an array may be.");
        }

        Block block = isShort ? pool.Take(ShortSizeFor(length, count), exactly: true) : pool.Take(SizeFor(length, count));
        if (old is not null)
        {
            old.Array.AsSpan(old.Start, length).CopyTo(block.Array);
            block.End = length;
            old.Release();
        }

        _block = block;
        return block;
    }

    /// <summary>An eighth more, so that who sends byte by byte does not have all of it copied each time.</summary>
    private static int ShortSizeFor(int length, int count) => (int)Math.Min((long)length + Math.Max(count, length / 8), Longest);

    /// <summary>Twice as large each time, also where the pool gives no more than is asked for: otherwise every read of a long frame would copy all of it.</summary>
    private static int SizeFor(int length, int count)
    {
        long size = (long)length + count;
        return size <= BlockPool.LargestClass
            ? (int)BitOperations.RoundUpToPowerOf2((uint)size)
            : (int)Math.Min(Math.Max(size, 2L * length), Longest);
    }
}
