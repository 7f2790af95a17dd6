using System.Diagnostics;

namespace QContinuum.Buffers;

/// <summary>The blocks that somebody holds. One thread runs at a time, so that no lock, and no point of a schedule, is needed.</summary>
internal static class BlockLedger
{
    private static readonly HashSet<Block> Held = [];

    internal static StackTrace? Trace() => null;

    internal static string Lines(StackTrace? trace) => trace?.ToString() ?? "";

    internal static void Add(Block block) => Assert.True(Held.Add(block), "a block is taken that somebody holds");

    internal static bool Remove(Block block) => Held.Remove(block);

    internal static IReadOnlyList<string> Describe(BlockPool? pool) => [.. HeldOf(pool).Select(static block => block.Describe())];

    internal static Block[] HeldOf(BlockPool? pool) => [.. Held.Where(block => pool is null || block.IsOf(pool))];

    /// <summary>A new run: what one that failed has left is nobody's.</summary>
    internal static void Clear() => Held.Clear();
}
