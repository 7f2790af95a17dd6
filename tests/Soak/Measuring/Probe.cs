namespace QContinuum.Soak.Tests.Measuring;

/// <summary>A few good peers that measure their round trip from the first moment to the last.</summary>
internal sealed class Probe : IDisposable
{
    private const int Peers = 4;
    private const int WarmUpExchanges = 1000;

    private readonly GoodPeer[] _peers;

    private Probe(GoodPeer[] peers) => _peers = peers;

    /// <summary>What ended one of them before its time; null when nothing did.</summary>
    public string? Failure => _peers.Select(static peer => peer.Failure).FirstOrDefault(static failure => failure is not null);

    /// <summary>Connects them, and has them talk until what they measure is not the compiler.</summary>
    public static async Task<Probe> StartAsync(int port)
    {
        Probe probe = new([.. Enumerable.Range(0, Peers).Select(number => new GoodPeer(port, number))]);
        for (long exchanges = 0; exchanges < WarmUpExchanges && probe.Failure is null; exchanges += probe.Take().Count)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }

        return probe;
    }

    /// <summary>What was measured since the last call.</summary>
    public Latencies Take()
    {
        Latencies all = new();
        foreach (GoodPeer peer in _peers)
        {
            all.Add(peer.Take());
        }

        return all;
    }

    /// <summary>What is measured from now on for a while.</summary>
    public async Task<Latencies> MeasureAsync(TimeSpan duration)
    {
        Take();
        await Task.Delay(duration);
        return Take();
    }

    public void Dispose() => Array.ForEach(_peers, static peer => peer.Dispose());
}
