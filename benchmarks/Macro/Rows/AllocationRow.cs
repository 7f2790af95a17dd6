using System.Diagnostics;

namespace QContinuum.Benchmarks.Macro.Rows;

/// <summary>What a warm server allocates for a message, on each path that has a row.</summary>
internal sealed class AllocationRow : IRow
{
    private static readonly Shape Short = new(50, 16), Fixed = new(50, 16, MessageId: 2);

    private static readonly Launch OneLoop = Launch.Processor("inline, one loop", "inline");
    private static readonly Launch TwoLoops = Launch.Processor("inline, two loops", "inline", loops: 2);
    private static readonly Launch Queued = Launch.Processor("queued", "queued");
    private static readonly Launch Group = GroupRow.Group with { Name = "to a group of 10,000" };
    private static readonly Launch Stream = Launch.Processor("inline, 60 KiB", "inline");

    public string Name => "allocation";

    public string Title => "Bytes allocated for a message";

    public async Task<string> MeasureAsync(Bench bench)
    {
        Launch[] paths = [OneLoop, TwoLoops, Queued, Stream, Group];
        Rounds rounds = await Rounds.MeasureAsync(bench, paths, launch => MeasureAsync(bench, launch));

        var table = new Table(1, "path", "messages/s", "bytes allocated a second", "a message");
        foreach (Launch path in paths)
        {
            table.Add(
                path.Name, Table.Number(rounds.Median(path, "messages_per_s")), Table.Number(rounds.Median(path, "bytes_per_s")),
                Table.Number(rounds.Median(path, "bytes_per_s") / rounds.Median(path, "messages_per_s"), 3));
        }

        return table.ToString();
    }

    private static async Task<Figures> MeasureAsync(Bench bench, Launch launch)
    {
        bool isGroup = launch == Group;
        Shape shape = launch == Stream ? ServersRow.Gibibyte with { Messages = null } : launch == Queued ? Fixed : Short;
        using RunningProgram server = isGroup ? await RunningProgram.ServeAsync(launch) : await bench.ServeWarmAsync(launch, shape);
        Task<Figures> loading = isGroup ? GroupRow.LoadAsync(bench, server) : bench.LoadAsync(server, shape);

        // Within the load: connections that come and go are not messages.
        await Task.Delay(TimeSpan.FromSeconds((isGroup ? GroupRow.WarmUpSeconds : 0) + (bench.Seconds / 2)));
        long begin = Stopwatch.GetTimestamp();
        double before = (await server.AskAsync())["allocated"];
        await Task.Delay(TimeSpan.FromSeconds(bench.Seconds / 4));
        double after = (await server.AskAsync())["allocated"];
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        Figures load = await loading;
        return Figures.Of(
            ("bytes_per_s", (after - before) / seconds),
            ("messages_per_s", load["messages_per_s"] * (isGroup ? GroupRow.Peers : 1)));
    }
}
