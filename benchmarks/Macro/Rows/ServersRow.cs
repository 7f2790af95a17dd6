namespace QContinuum.Benchmarks.Macro.Rows;

/// <summary>Servers that answer every message with itself under the same loads, the first beside each of the others.</summary>
internal sealed class ServersRow(string name, string title, Func<Launch[]> servers, params Shape[] shapes) : IRow
{
    private const int FixedLayout = 2;
    private const int LongBytes = 60 * 1024;

    /// <summary>As many messages of 60 KiB as a gibibyte has.</summary>
    public static readonly Shape Gibibyte = new(1, 16, LongBytes, Messages: (1L << 30) / LongBytes);

    /// <summary>The sample Echo beside a bare server in C, and what others build servers on, as far as that is installed.</summary>
    public static ServersRow Echo { get; } = new(
        "echo", "Echo, one loop, 32-byte bodies",
        static () => [Launch.Echo(), Launch.BareC, Launch.Kestrel, .. new[] { Launch.Libevent, Launch.Netty }.OfType<Launch>()],
        new(50, 1), new(50, 16), new(50, 64), new(500, 1));

    /// <summary>Echo on one loop beside itself on two, which share a core, or have two.</summary>
    public static ServersRow Loops { get; } = new(
        "loops", "Two loops beside one",
        static () =>
        [
            Launch.Echo() with { Name = "one loop" },
            Launch.Echo(loops: 2) with { Name = "two loops on its core" },
            Launch.Echo(loops: 2) with { Name = "two loops on two cores", OnTwoCores = true },
        ],
        new(50, 1), new(50, 64));

    /// <summary>A queued processor beside an inline one, and beside the same hand-off through a channel.</summary>
    public static ServersRow Queued { get; } = new(
        "queued", "Queued processors",
        static () =>
        [
            Launch.Processor("queued", "queued"),
            Launch.Processor("inline", "inline"),
            Launch.Processor("a channel of messages", "channel"),
            Launch.Processor("a channel of reads", "channel-of-reads"),
        ],
        new(50, 1, MessageId: FixedLayout), new(50, 16, MessageId: FixedLayout), new(50, 64, MessageId: FixedLayout));

    /// <summary>Long messages on one connection, in both directions at once.</summary>
    public static ServersRow Stream { get; } = new(
        "stream", "1 GiB in messages of 60 KiB, in both directions",
        static () => [Launch.Echo(), Launch.Relay, Launch.BareC, Launch.Kestrel],
        Gibibyte);

    public string Name => name;

    public string Title => title;

    public async Task<string> MeasureAsync(Bench bench)
    {
        Launch[] launches = servers();
        Launch first = launches[0];
        var comparison = new Comparison(launches, shapes);
        await comparison.MeasureAsync(bench);

        var table = new Table(
            2, "connections × in flight", "server", "messages/s", "messages a CPU second", "p50 µs", "p99 µs", "p99.9 µs", "busy",
            $"{first.Name} ÷ it: messages/s", "a CPU second", "p99");
        foreach (Shape shape in shapes)
        {
            Rounds rounds = comparison[shape];
            foreach (Launch server in launches)
            {
                string Median(string figure, int digits = 0) => Table.Number(rounds.Median(server, figure), digits);
                string Ratio(string figure) => rounds.Ratio(first, server, figure);
                table.Add(
                    $"{shape}", server.Name, Median("messages_per_s"), Median("messages_per_cpu_s"), Median("p50_us"), Median("p99_us"), Median("p999_us"),
                    Median("busy", 2), Ratio("messages_per_s"), Ratio("messages_per_cpu_s"), Ratio("p99_us"));
            }
        }

        return table.ToString();
    }
}
