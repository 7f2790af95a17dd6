#if DEBUG
using System.Diagnostics;
using QContinuum.Loops;

namespace QContinuum.Buffers;

/// <summary>Every block of this process that somebody holds. In a Debug build only. Any thread.</summary>
/// <remarks>
/// The ledger refers to what it lists: a block that its holders lost without a release stays here, where the garbage collector would hide it.
/// </remarks>
internal static class BlockLedger
{
    private static readonly Lock Gate = new();
    private static readonly HashSet<Block> Held = [];

    /// <summary>With what a process ends that still holds blocks, where that is judged: EX_SOFTWARE of sysexits.h.</summary>
    private const int HeldAtExit = 70;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    static BlockLedger()
    {
        if (Environment.GetEnvironmentVariable("QCONTINUUM_BLOCKS_AT_EXIT") == "1")
        {
            AppDomain.CurrentDomain.ProcessExit += static (_, _) => JudgeExit();
        }
    }

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

    /// <summary>
    /// What there is to say about each block that nobody will release any more. Loops that still run, such as those that clients share, end first, and with them all that they
    /// serve; pumps end by themselves, soon after; a handler that does not end is blamed for what it holds. Any thread.
    /// </summary>
    internal static IReadOnlyList<string> DescribeAtEnd()
    {
        LoopGroup.BeginStopOfAll();
        SpinWait.SpinUntil(static () => HeldOf(null).Length == 0, Patience);
        return Describe(null);
    }

    /// <summary>Says who took what is held as the process ends, which it then does not with 0: by <c>QCONTINUUM_BLOCKS_AT_EXIT=1</c>.</summary>
    private static void JudgeExit()
    {
        IReadOnlyList<string> held = DescribeAtEnd();
        if (held.Count > 0)
        {
            Console.Error.WriteLine($"{held.Count} blocks were never released:{Environment.NewLine}{string.Join(Environment.NewLine, held)}");
            Environment.ExitCode = HeldAtExit;
        }
    }
}
#endif
