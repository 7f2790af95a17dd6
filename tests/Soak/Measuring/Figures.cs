namespace QContinuum.Soak.Tests.Measuring;

/// <summary>What there is to see of a server and its peers in a second.</summary>
internal sealed record Figures
{
    /// <summary>Since the load began.</summary>
    public required TimeSpan Time { get; init; }

    public required long Peers { get; init; }

    public required double Connects { get; init; }

    public required double Messages { get; init; }

    public required double Attacks { get; init; }

    public required long ResidentBytes { get; init; }

    public required long CommittedBytes { get; init; }

    public required int Descriptors { get; init; }

    public required int Threads { get; init; }

    /// <summary>Of one processor: 1 is all of its time.</summary>
    public required double ServerProcessor { get; init; }

    public required double LoadProcessor { get; init; }

    /// <summary>What all others on the machine took, besides the server and the load.</summary>
    public required double OtherProcessor { get; init; }

    public required Latencies GoodPeers { get; init; }

    /// <summary>Of good peers whose server has nothing else to do.</summary>
    public required Latencies Reference { get; init; }
}
