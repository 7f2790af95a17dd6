using System.Diagnostics;
using QContinuum.Buffers;
using QContinuum.Loops;

namespace QContinuum;

/// <summary>A copy of a body that waits to be passed on; it counts as what the peer holds whose handler passes it on, so that who is closed where memory is short is not another.</summary>
internal readonly struct WaitingFrame
{
    private readonly Block? _block;
    private readonly PeerExtras? _counted;

    private WaitingFrame(Block block, PeerExtras? counted)
    {
        _block = block;
        _counted = counted;
    }

    internal ReadOnlySpan<byte> Body => _block is null ? default : _block.Memory(0, _block.Length).Span;

    /// <summary>Any thread: on that of a handler that was called for a message it counts as its peer's, elsewhere as the process's alone.</summary>
    internal static WaitingFrame Copy(scoped ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
        {
            return default;
        }

        Block block = BlockPool.OfThread.Take(body.Length, exactly: true);
        body.CopyTo(block.FreeSpan(body.Length));
        block.End = body.Length;
        if (Lane.Current?.Receiver is not { } giver)
        {
            return new WaitingFrame(block, counted: null);
        }

        PeerExtras counted = giver.CountsOwned;
        Interlocked.Add(ref counted.OwnedBytes, block.Capacity);
        giver.NoteGrowth(block.Capacity);
        return new WaitingFrame(block, counted);
    }

    /// <summary>Once. Any thread.</summary>
    internal void Release()
    {
        if (_block is not { } block)
        {
            return;
        }

        if (_counted is { } counted)
        {
            long left = Interlocked.Add(ref counted.OwnedBytes, -block.Capacity);
            Debug.Assert(left >= 0, "what is no longer owned was counted before");
        }

        block.Release();
    }
}
