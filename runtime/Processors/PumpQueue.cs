using System.Numerics;
using System.Runtime.InteropServices;

namespace QContinuum.Processors;

/// <summary>
/// A bounded queue with many producers and one consumer, without locks: the array queue of Dmitry Vyukov
/// (1024cores.net, "Bounded MPMC queue"), whose consumer here is alone and needs no interlocked operation.
/// </summary>
/// <remarks>
/// Each cell carries a sequence number. <c>sequence == position</c>: free for the producer that claims the position;
/// <c>sequence == position + 1</c>: filled, for the consumer; <c>sequence == position + capacity</c>: free for the next round. A producer
/// claims a position by a compare-and-swap on the tail, writes the item, and publishes it by writing the sequence (release); the consumer
/// reads the sequence (acquire) before the item.
/// </remarks>
internal sealed class PumpQueue<T>
{
    private readonly Cell[] _cells;
    private readonly int _mask;
    private PumpPositions _positions;

    internal PumpQueue(int capacity)
    {
        if (!BitOperations.IsPow2(capacity))
        {
            throw new ArgumentOutOfRangeException(nameof(capacity), capacity, "The capacity must be a power of two.");
        }

        _mask = capacity - 1;
        _cells = new Cell[capacity];
        for (int i = 0; i < capacity; i++)
        {
            _cells[i].Sequence = i;
        }
    }

    /// <summary>Whether the consumer would find nothing. Consumer only.</summary>
    internal bool IsEmpty => Volatile.Read(ref _cells[(int)_positions.Head & _mask].Sequence) != _positions.Head + 1;

    /// <summary>Whether no producer has so much as a place: what is empty may have one that is not filled yet. Consumer only.</summary>
    internal bool IsDrained => Volatile.Read(ref _positions.Tail) == _positions.Head;

    /// <summary>How many more it takes, while no producer is quicker. Consumer only.</summary>
    internal int Room => (int)(_cells.Length - (Volatile.Read(ref _positions.Tail) - _positions.Head));

    /// <summary>Puts an item in. Any thread.</summary>
    /// <returns>False when the queue is full.</returns>
    internal bool TryEnqueue(in T item)
    {
        while (true)
        {
            long tail = Volatile.Read(ref _positions.Tail);
            ref Cell cell = ref _cells[(int)tail & _mask];
            long ahead = Volatile.Read(ref cell.Sequence) - tail;
            if (ahead == 0)
            {
                if (Interlocked.CompareExchange(ref _positions.Tail, tail + 1, tail) == tail)
                {
                    cell.Item = item;
                    Volatile.Write(ref cell.Sequence, tail + 1);
                    return true;
                }
            }
            else if (ahead < 0)
            {
                return false;
            }
        }
    }

    /// <summary>Takes the earliest item. Consumer only.</summary>
    internal bool TryDequeue(out T item)
    {
        ref Cell cell = ref _cells[(int)_positions.Head & _mask];
        if (Volatile.Read(ref cell.Sequence) != _positions.Head + 1)
        {
            item = default!;
            return false;
        }

        // The cell is cleared, so that the queue keeps nothing alive that has been handled.
        item = cell.Item;
        cell.Item = default!;
        Volatile.Write(ref cell.Sequence, _positions.Head + _cells.Length);
        _positions.Head++;
        return true;
    }

    private struct Cell
    {
        internal long Sequence;
        internal T Item;
    }
}

/// <summary>Head and tail on cache lines of their own: one is the consumer's, the other the producers'.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct PumpPositions
{
    [FieldOffset(64)]
    internal long Head;

    [FieldOffset(128)]
    internal long Tail;
}
