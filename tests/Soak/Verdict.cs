using System.Globalization;
using QContinuum.Soak.Tests.Load;
using QContinuum.Soak.Tests.Measuring;
using QContinuum.Soak.Tests.Support;

namespace QContinuum.Soak.Tests;

/// <summary>What held and what did not.</summary>
internal sealed class Verdict
{
    private const double MostSlower = 3;
    private const double Percentile = 0.99;

    /// <summary>One pause of the machine would be the slowest hundredth of less than a minute, and a third of it says nothing.</summary>
    private const int LeastSeconds = 60;

    /// <summary>The first fifth is for memory to warm up, and a minute at least: until as many who never read have left as have come.</summary>
    private const int WarmUpShare = 5;
    private const int LeastWarmUpSeconds = 60;

    private readonly List<(bool? Holds, string What)> _findings = [];

    /// <summary>Whether nothing failed of what was judged.</summary>
    public bool Holds => _findings.TrueForAll(static finding => finding.Holds != false);

    /// <param name="holds">Null for what was not judged.</param>
    /// <param name="what">A line about it.</param>
    public void Add(bool? holds, string what) => _findings.Add((holds, what));

    public void OnLoad(Tally tally) => Add(
        tally is { Wrong: 0, Peers: 0, Messages: > 0 },
        $"load: {tally.Messages} messages answered right, {tally.Connects} connects, {tally.Attacks} attacks, "
        + $"{tally.Wrong} wrong, {tally.Peers} left behind");

    public void OnMemory(List<Figures> figures)
    {
        Figures[] warm = [.. figures.Skip(Math.Max(figures.Count / WarmUpShare, LeastWarmUpSeconds))];
        if (warm.Length < LeastSeconds)
        {
            Add(null, "memory: not judged of less than two minutes");
            return;
        }

        Plateau resident = Plateau.Of([.. warm.Select(static one => one.ResidentBytes)]);
        Plateau committed = Plateau.Of([.. warm.Select(static one => one.CommittedBytes)]);
        Add(resident.Holds, $"resident memory: at most {resident}");
        Add(committed.Holds, $"committed memory: at most {committed}");
    }

    /// <param name="figures">Of good peers of the server under load, and of good peers of another that idled meanwhile.</param>
    /// <param name="alone">Of good peers before the load began.</param>
    public void OnLatency(List<Figures> figures, Latencies alone)
    {
        Latencies loaded = new();
        Latencies reference = new();
        figures.ForEach(one => loaded.Add(one.GoodPeers));
        figures.ForEach(one => reference.Add(one.Reference));
        double times = loaded.Percentile(Percentile) / reference.Percentile(Percentile);
        double timesAlone = loaded.Percentile(Percentile) / alone.Percentile(Percentile);
        string what = string.Create(
            CultureInfo.InvariantCulture,
            $"p99 of good peers: {times:F1} times that of an idle server's meanwhile, {timesAlone:F1} times that before the load");
        Add(figures.Count < LeastSeconds ? null : times <= MostSlower, what);
        Console.WriteLine($"good peers under load:      {loaded}");
        Console.WriteLine($"an idle server's meanwhile: {reference}");
    }

    public void OnEnd((int Code, string Error) end)
    {
        Add(end.Code == 0, $"the server ended with {end.Code}");
        Console.WriteLine(ServerLog.Sum(end.Error));
    }

    public void Print()
    {
        foreach ((bool? holds, string what) in _findings)
        {
            Console.WriteLine($"{holds switch { true => "holds", false => "FAILS", null => "  -  " }}  {what}");
        }

        Console.WriteLine(Holds ? "PASSED" : "FAILED");
    }
}
