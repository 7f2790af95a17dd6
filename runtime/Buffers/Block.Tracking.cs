#if DEBUG
using System.Diagnostics;

namespace QContinuum.Buffers;

/// <summary>
/// What finds whoever uses a block that is not theirs, or loses one that is: each says the place that took the block. In a Debug build only.
/// </summary>
internal sealed partial class Block
{
    /// <summary>What fills a block that nobody holds: who reads it gets no message, and who writes to it is found out.</summary>
    private const byte Nobodys = 0xDB;

    private BlockPlace? _taken;
    private StackTrace? _released;

    internal bool IsOf(BlockPool pool) => _pool == pool;

    /// <summary>What the block is, who took it and, where that is traced, who released it last.</summary>
    internal string Describe()
    {
        string what = IsView ? "a view" : $"{Capacity} bytes";
        string released = _released is null ? "" : $"{Environment.NewLine}and released by{BlockLedger.Lines(_released)}";
        return $"{what}, taken by {_taken}{released}";
    }

    /// <summary>The block has a holder from now on.</summary>
    internal void Track(in BlockPlace taken)
    {
        if (_taken is not null && !IsView && Array.AsSpan().ContainsAnyExcept(Nobodys))
        {
            throw new InvalidOperationException($"A block was written to after its last reference was released: {Describe()}");
        }

        _taken = taken;
        _released = null;
        BlockLedger.Add(this);
    }

    partial void Untrack()
    {
        if (!BlockLedger.Remove(this))
        {
            throw ReleasedTwice();
        }

        _released = BlockLedger.Trace();
        if (!IsView)
        {
            // What a view shows belongs to others as well.
            Array.AsSpan().Fill(Nobodys);
        }
    }

    partial void AssertWasHeld(int left)
    {
        if (left < 0)
        {
            // Another thread released the last reference while this one was on its way.
            Interlocked.CompareExchange(ref _references, 0, left);
            throw ReleasedTwice();
        }
    }

    private InvalidOperationException ReleasedTwice() => new($"A block is released twice: {Describe()}");

    partial void AssertLive()
    {
        if (Volatile.Read(ref _references) <= 0)
        {
            throw new InvalidOperationException($"A block is used after its last reference was released: {Describe()}");
        }
    }
}
#endif
