namespace QContinuum.Benchmarks.Macro.Rows;

/// <summary>What 10,000 peers take of memory that have sent one message each and say nothing more.</summary>
internal sealed class IdleRow : IRow
{
    private const int Peers = 10_000;
    private const int SteadyBytes = 64 * 1024;
    private const int MostReadings = 20;
    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Besides what a message runs, what a peer that comes and goes runs: five hundred of them are not enough, and what compiles it keeps more memory than 10,000 peers may.
    /// </summary>
    private static readonly Shape[] Warm = [new(50, 16), new(500, 1), new(500, 1), new(500, 1), new(500, 1)];

    private static readonly Lazy<string> Idle = new(static () => CompiledC.Build("Load/idle.c"));

    public string Name => "idle";

    public string Title => "Memory of an idle peer";

    public async Task<string> MeasureAsync(Bench bench)
    {
        Launch[] servers = [Launch.Echo(), Launch.Kestrel];
        Rounds rounds = await Rounds.MeasureAsync(bench, servers, launch => MeasureAsync(bench, launch));

        var table = new Table(1, "server", "bytes a peer", $"{servers[0].Name} ÷ it");
        foreach (Launch server in servers)
        {
            table.Add(server.Name, Table.Number(rounds.Median(server, "bytes")), rounds.Ratio(servers[0], server, "bytes"));
        }

        return table.ToString();
    }

    private static async Task<Figures> MeasureAsync(Bench bench, Launch launch)
    {
        using RunningProgram server = await bench.ServeWarmAsync(launch, Warm);
        long before = await SteadyAsync(server);
        using RunningProgram idle = RunningProgram.Load(Idle.Value, $"{server.Port}", $"{server.Id}", $"{Peers}");
        await idle.LineAsync();
        long after = await SteadyAsync(server);
        return Figures.Of(("bytes", (double)(after - before) / Peers));
    }

    /// <summary>What is resident once that changes no more: a new server compiles for a while what it has run.</summary>
    private static async Task<long> SteadyAsync(RunningProgram server)
    {
        long last = server.ResidentBytes;
        for (int i = 0; i < MostReadings; i++)
        {
            await Task.Delay(s_between);
            long now = server.ResidentBytes;
            if (Math.Abs(now - last) < SteadyBytes)
            {
                return now;
            }

            last = now;
        }

        return last;
    }
}
