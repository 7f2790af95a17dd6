namespace QContinuum.Benchmarks.Macro.Rows;

/// <summary>How long a server takes from the start of its process to its first answer.</summary>
internal sealed class StartRow : IRow
{
    /// <summary>A start is short: each is measured so often in a round, in turn with the others.</summary>
    private const int StartsInRound = 4;

    private static readonly Lazy<string> Start = new(static () => CompiledC.Build("Load/start.c"));

    public string Name => "start";

    public string Title => "From the start of the process to the first echo";

    public async Task<string> MeasureAsync(Bench bench)
    {
        Launch kestrel = Published.TryKestrel() ?? Launch.Kestrel;
        Launch[] servers =
        [
            .. Published.TryEcho() is { } echo ? [echo] : Array.Empty<Launch>(),
            Launch.Echo() with { Name = "Echo, only built" },
            kestrel,
            .. Published.TryNativeEcho() is { } native ? [native] : Array.Empty<Launch>(),
        ];
        Rounds rounds = await Rounds.MeasureAsync(new Bench(StartsInRound * bench.Rounds, bench.Seconds), servers, MeasureAsync);

        var table = new Table(1, "server", "ms", "CPU ms", "it ÷ Kestrel: ms", "CPU ms");
        foreach (Launch server in servers)
        {
            table.Add(
                server.Name, Table.Number(rounds.Median(server, "ms"), 1), Table.Number(rounds.Median(server, "cpu_ms"), 1),
                rounds.Ratio(server, kestrel, "ms"), rounds.Ratio(server, kestrel, "cpu_ms"));
        }

        return table.ToString();
    }

    /// <summary>The server is started by the program that is its client: nothing of the runner's is within the time.</summary>
    private static async Task<Figures> MeasureAsync(Launch server)
    {
        var launch = server with { Command = [Start.Value, "taskset", "-c", $"{Machine.Cores.Server}", .. server.Command] };
        using RunningProgram start = RunningProgram.Start(launch, $"{Machine.Cores.Load}");
        return Figures.Parse(await start.LineAsync());
    }
}
