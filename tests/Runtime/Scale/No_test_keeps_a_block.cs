#if DEBUG
using QContinuum.Buffers;

namespace QContinuum.Runtime.Tests.Scale;

[Collection(nameof(Last))]
public sealed class No_test_keeps_a_block
{
    /// <summary>Servers, peers, pumps and senders of all tests have ended; with the loops that clients share, nobody is left who could hold one.</summary>
    [Fact]
    public void Once_all_have_run()
    {
        IReadOnlyList<string> kept = BlockLedger.DescribeAtEnd();
        Assert.True(
            kept.Count == 0,
            $"{kept.Count} blocks were never released (QCONTINUUM_TRACE_BLOCKS=1 tells how they were come by):\n{string.Join('\n', Counted(kept))}");
    }

    private static IEnumerable<string> Counted(IEnumerable<string> kept)
        => kept.CountBy(static one => one).OrderByDescending(static one => one.Value).Select(static one => $"{one.Value} times: {one.Key}");
}
#endif
