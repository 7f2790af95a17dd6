using QContinuum.Buffers;

namespace QContinuum;

/// <summary>A copy of a frame in a block of the calling thread's pool, which any thread gives back, once.</summary>
/// <remarks>
/// Invariant: the block is held as long as <c>_block</c> is not null, and counts towards the process and, where there is one, towards its peer as long.
/// Whoever loses it without giving it back loses memory to the garbage collector, never to another owner: a view of it may still be in use. The
/// finalizer sees to it that it does not count for ever; in a Debug build the block stays in the ledger of blocks, with what took it.
/// </remarks>
internal sealed class OwnedFrame : IDisposable
{
    private readonly PeerExtras? _counted;
    private readonly int _length;
    private Block? _block;
#if DEBUG
    private string _was = "";
#endif

    private OwnedFrame(Block block, scoped ReadOnlySpan<byte> frame, PeerExtras? counted)
    {
        _block = block;
        _length = frame.Length;
        _counted = counted;
        frame.CopyTo(block.FreeSpan(frame.Length));
        block.End = frame.Length;
        if (counted is not null)
        {
            Interlocked.Add(ref counted.OwnedBytes, block.Capacity);
        }
    }

#if DEBUG
    private OwnedFrame(string was) => _was = was;
#else
    private OwnedFrame()
    {
    }

    private static OwnedFrame Gone { get; } = new();
#endif

    /// <summary>Only where it was never given back.</summary>
    ~OwnedFrame()
    {
        if (_block is { } block)
        {
#if DEBUG
            Loops.StandardErrorLog.Write($"An {nameof(Owned<>)} was never disposed of: {block.Describe()}");
#endif
            Discount(block);
            block.Abandon();
        }
    }

    /// <summary>The frame.</summary>
    /// <exception cref="ObjectDisposedException">It has been given back.</exception>
    internal ReadOnlyMemory<byte> Memory
    {
        get
        {
            if (Volatile.Read(ref _block) is { } block)
            {
                return block.Memory(0, _length);
            }

#if DEBUG
            throw new ObjectDisposedException("Owned", $"The message has been disposed of: {_was}");
#else
            throw new ObjectDisposedException("Owned", "The message has been disposed of.");
#endif
        }
    }

    /// <summary>Copies a frame of a message <typeparamref name="T"/>. Any thread, most often a lane's.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="peer">Whom it counts for besides the process; null for none.</param>
    internal static OwnedFrame Copy<T>(ReadOnlySpan<byte> frame, Peer? peer)
        where T : allows ref struct
    {
#if DEBUG
        string owner = peer is null ? $"Owned<{typeof(T).Name}>" : $"Owned<{typeof(T).Name}> for {peer.Processor.GetType().Name}";
        Block block = BlockPool.OfThread.Take(frame.Length, member: owner);
#else
        Block block = BlockPool.OfThread.Take(frame.Length);
#endif
        return Count(block, frame, peer);
    }

    /// <summary>Copies bytes into a block of just their size, for where many may wait that have little each. Any thread.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="peer">Whom they count for besides the process; null for none.</param>
    internal static OwnedFrame CopyExactly(scoped ReadOnlySpan<byte> bytes, Peer? peer)
        => Count(BlockPool.OfThread.Take(bytes.Length, exactly: true), bytes, peer);

    private static OwnedFrame Count(Block block, scoped ReadOnlySpan<byte> frame, Peer? peer)
    {
        OwnedFrame owned = new(block, frame, peer?.CountsOwned);
        peer?.NoteGrowth(block.Capacity);
        return owned;
    }

    /// <summary>What a variable refers to from now on that owned this, and has given it back: it owns nothing any more, and may be disposed of again.</summary>
    internal OwnedFrame Afterwards()
#if DEBUG
        => _length > 0 ? new OwnedFrame(_was) : this;
#else
        => _length > 0 ? Gone : this;
#endif

    /// <summary>Gives the memory back. Any thread; a second time is ignored, and in a Debug build an exception that says what was owned.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _block, null) is not { } block)
        {
#if DEBUG
            if (_length > 0)
            {
                throw new InvalidOperationException($"A copy of an {nameof(Owned<>)} is disposed of, and what it owned was given back already: {_was}");
            }
#endif
            return;
        }

#if DEBUG
        _was = block.Describe();
#endif
        GC.SuppressFinalize(this);
        Discount(block);
        block.Release();
    }

    private void Discount(Block block)
    {
        if (_counted is { } counted)
        {
            Interlocked.Add(ref counted.OwnedBytes, -block.Capacity);
        }
    }
}
