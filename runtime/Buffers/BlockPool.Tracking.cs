#if DEBUG
using System.Runtime.CompilerServices;
#endif

namespace QContinuum.Buffers;

/// <summary>What others call to take a block: in a Debug build the place that takes it is remembered, in a Release build nothing is added.</summary>
internal sealed partial class BlockPool
{
#if DEBUG
    /// <summary>What is taken and not yet returned, of <paramref name="pool"/> or else of every pool, each with the place that took it. Any thread.</summary>
    internal static IReadOnlyList<string> DescribeOutstanding(BlockPool? pool = null) => BlockLedger.Describe(pool);

    /// <summary>
    /// Takes a block of at least <paramref name="size"/> bytes, with one reference; of that size <paramref name="exactly"/>, it is not kept afterwards. Owner thread only.
    /// </summary>
    internal Block Take(int size, bool exactly = false, [CallerMemberName] string member = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        Block block = TakeFree(size, exactly);
        block.Track(new BlockPlace(member, file, line, BlockLedger.Trace()));
        return block;
    }

    /// <summary>Takes a block that shows what <paramref name="shared"/> holds, without a copy, with one reference. Owner thread only.</summary>
    internal Block TakeView(Block shared, [CallerMemberName] string member = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        Block view = TakeFreeView(shared);
        view.Track(new BlockPlace(member, file, line, BlockLedger.Trace()));
        return view;
    }
#else
    /// <summary>
    /// Takes a block of at least <paramref name="size"/> bytes, with one reference; of that size <paramref name="exactly"/>, it is not kept afterwards. Owner thread only.
    /// </summary>
    internal Block Take(int size, bool exactly = false) => TakeFree(size, exactly);

    /// <summary>Takes a block that shows what <paramref name="shared"/> holds, without a copy, with one reference. Owner thread only.</summary>
    internal Block TakeView(Block shared) => TakeFreeView(shared);
#endif
}
