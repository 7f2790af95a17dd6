namespace QContinuum.Benchmarks.Macro.Rows;

/// <summary>One message to a group of 10,000 peers beside as many calls of <c>send</c> in C.</summary>
internal sealed class GroupRow : IRow
{
    public const int Peers = 10_000;

    /// <summary>A handler is called some ten times a second: it takes longer than elsewhere until it is compiled as it stays.</summary>
    public const double WarmUpSeconds = 5;

    private const int BodyBytes = 32;

    private static readonly Lazy<string> Broadcast = new(static () => CompiledC.Build("Load/broadcast.c"));
    private static readonly Lazy<Launch> Sends = new(static () => new Launch("10,000 × send in C", [CompiledC.Build("Peers/crowd.c")]));

    public static Launch Group { get; } = Launch.Processor("Group.Send", "group");

    public string Name => "group";

    public string Title => "One message to a group of 10,000 peers";

    public async Task<string> MeasureAsync(Bench bench)
    {
        Launch[] servers = [Group, Sends.Value];
        Rounds rounds = await Rounds.MeasureAsync(bench, servers, async launch =>
        {
            using RunningProgram server = await RunningProgram.ServeAsync(launch);
            return await LoadAsync(bench, server);
        });

        var table = new Table(1, "server", "messages/s", "CPU µs a message", "slowest µs until all have it", "busy", $"{Group.Name} ÷ it: CPU", "messages/s");
        foreach (Launch server in servers)
        {
            string Median(string figure, int digits = 0) => Table.Number(rounds.Median(server, figure), digits);
            table.Add(
                server.Name, Median("messages_per_s", 1), Median("cpu_us"), Median("slowest_us"), Median("busy", 2),
                rounds.Ratio(Group, server, "cpu_us"), rounds.Ratio(Group, server, "messages_per_s"));
        }

        return table.ToString();
    }

    /// <summary>Connects all peers, lets the server become warm, and measures it.</summary>
    public static Task<Figures> LoadAsync(Bench bench, RunningProgram server)
        => Bench.MeasureAsync(Broadcast.Value, server, $"{Peers}", $"{BodyBytes}", Bench.Text(WarmUpSeconds), Bench.Text(bench.Seconds));
}
