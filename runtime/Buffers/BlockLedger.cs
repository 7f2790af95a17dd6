#if DEBUG
using System.Diagnostics;

namespace QContinuum.Buffers;

/// <summary>Every block of this process that somebody holds. In a Debug build only. Any thread.</summary>
/// <remarks>
/// The ledger refers to what it lists: a block that its holders lost without a release stays here, where the garbage collector would hide it.
/// </remarks>
internal static class BlockLedger
{
    private static readonly Lock Gate = new();
    private static readonly HashSet<Block> Held = [];

    /// <summary>
    /// Whether a block knows not only the line that took it, but all calls that led there: <c>QCONTINUUM_TRACE_BLOCKS=1</c>. It takes time and memory.
    /// </summary>
    internal static bool IsTracing { get; set; } = Environment.GetEnvironmentVariable("QCONTINUUM_TRACE_BLOCKS") == "1";

    /// <summary>The calls that led to the caller of the caller, where that is wanted.</summary>
    internal static StackTrace? Trace() => IsTracing ? new StackTrace(skipFrames: 2, fNeedFileInfo: true) : null;

    /// <summary>Calls, each on a line of its own.</summary>
    internal static string Lines(StackTrace? trace) => trace is null ? "" : $"{Environment.NewLine}{trace.ToString().TrimEnd()}{Environment.NewLine}";

    /// <summary>Somebody holds the block from now on.</summary>
    internal static void Add(Block block)
    {
        lock (Gate)
        {
            bool isNew = Held.Add(block);
            Debug.Assert(isNew, "nobody held the block before");
        }
    }

    /// <summary>Nobody holds the block any more.</summary>
    /// <returns>False when nobody held it before, for instance because two threads both believed to be its last holder.</returns>
    internal static bool Remove(Block block)
    {
        lock (Gate)
        {
            return Held.Remove(block);
        }
    }

    /// <summary>What there is to say about each block that somebody holds, of <paramref name="pool"/> or, where that is null, of every pool.</summary>
    internal static IReadOnlyList<string> Describe(BlockPool? pool)
        => [.. HeldOf(pool).Select(static block => block.Describe()).Order(StringComparer.Ordinal)];

    /// <summary>The blocks that somebody holds, of <paramref name="pool"/> or, where that is null, of every pool.</summary>
    internal static Block[] HeldOf(BlockPool? pool)
    {
        lock (Gate)
        {
            return [.. Held.Where(block => pool is null || block.IsOf(pool))];
        }
    }
}
#endif
