using QContinuum.Soak.Tests.Measuring;

namespace QContinuum.Soak.Tests;

/// <summary>Latency is judged by the slowest hundredth of good peers against that of good peers whose server idles: three times as slow holds.</summary>
public sealed class Good_peers_that_wait_long_fail_a_soak
{
    private const int Judged = 60;

    private static readonly TimeSpan Idle = TimeSpan.FromMicroseconds(100);

    [Theory]
    [InlineData(Judged, 1, true)]
    [InlineData(Judged, 2, true)]
    [InlineData(Judged, 4, false)]
    [InlineData(Judged - 1, 4, true)]
    public void Once_there_is_enough_to_judge(int seconds, int times, bool holds)
        => Assert.Equal(holds, Judge(seconds, Second(slow: 100, times)));

    /// <summary>One of two hundred is none of the slowest hundredth; one of fifty is.</summary>
    [Theory]
    [InlineData(1, true)]
    [InlineData(4, false)]
    public void If_they_are_more_than_a_hundredth(int slowOf200, bool holds) => Assert.Equal(holds, Judge(Judged, Second(slowOf200, times: 10, of: 200)));

    private static bool Judge(int seconds, Latencies good)
    {
        Latencies idle = Second(slow: 0, times: 1);
        Verdict verdict = new();
        verdict.OnLatency([.. Enumerable.Repeat(Of(good, idle), seconds)], alone: idle);
        return verdict.Holds;
    }

    /// <summary>What is measured in a second.</summary>
    private static Latencies Second(int slow, int times, int of = 100)
    {
        Latencies latencies = new();
        for (int i = 0; i < of; i++)
        {
            latencies.Add(i < slow ? times * Idle : Idle);
        }

        return latencies;
    }

    private static Figures Of(Latencies good, Latencies idle) => new()
    {
        Time = default,
        Peers = 0,
        Connects = 0,
        Messages = 0,
        Attacks = 0,
        ResidentBytes = 0,
        CommittedBytes = 0,
        Descriptors = 0,
        Threads = 0,
        ServerProcessor = 0,
        LoadProcessor = 0,
        OtherProcessor = 0,
        GoodPeers = good,
        Reference = idle,
    };
}
