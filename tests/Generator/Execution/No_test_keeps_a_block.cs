#if DEBUG
using System.Reflection;

namespace QContinuum.Generator.Tests.Execution;

[Collection(nameof(Last))]
public sealed class No_test_keeps_a_block
{
    /// <summary>The ledger of blocks is asked by its name: what a user's code does not see, the messages here are not to see either.</summary>
    [Fact]
    public void Once_all_have_run()
    {
        MethodInfo atEnd = typeof(PeerServer).Assembly.GetType("QContinuum.Buffers.BlockLedger", throwOnError: true)!
            .GetMethod("DescribeAtEnd", BindingFlags.Static | BindingFlags.NonPublic)!;
        var kept = (IReadOnlyList<string>)atEnd.Invoke(null, [])!;
        Assert.True(kept.Count == 0, $"{kept.Count} blocks were never released:\n{string.Join('\n', kept)}");
    }

    /// <summary>Comes after all collections that run in parallel, and is the only other one.</summary>
    [CollectionDefinition(nameof(Last), DisableParallelization = true)]
    public sealed class Last;
}
#endif
