using System.Globalization;
using System.Text;

namespace QContinuum.Benchmarks.Macro.Rows;

/// <summary>The sample Echo beside a bare server in C, Kestrel and libevent.</summary>
internal sealed class EchoRow : IRow
{
    private static readonly Shape[] Shapes = [new(50, 1), new(50, 16), new(50, 64), new(500, 1)];

    public string Name => "echo";

    public string Title => "Echo, one loop, 32-byte bodies";

    public async Task<string> MeasureAsync(Bench bench)
    {
        Launch echo = Launch.Echo();
        Launch[] servers = [echo, Launch.BareC, Launch.Kestrel, .. Launch.Libevent is { } libevent ? new[] { libevent } : []];
        var comparison = new Comparison(servers, Shapes);
        await comparison.MeasureAsync(bench);

        var table = new StringBuilder("""
            | connections × in flight | server | messages/s | messages a CPU second | p50 µs | p99 µs | p99.9 µs | busy | Echo ÷ it: messages/s | a CPU second | p99 |
            |---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|

            """);
        foreach (Shape shape in Shapes)
        {
            foreach (Launch server in servers)
            {
                double Median(string figure) => comparison.Median(server.Name, shape, figure);
                string Ratio(string figure) => server == echo
                    ? ""
                    : comparison.Ratio(echo.Name, server.Name, shape, figure).ToString("F2", CultureInfo.InvariantCulture);
                table.Append(CultureInfo.InvariantCulture, $"| {shape} | {server.Name} | {Median("messages_per_s"):N0} | {Median("messages_per_cpu_s"):N0} ")
                    .Append(CultureInfo.InvariantCulture, $"| {Median("p50_us"):F0} | {Median("p99_us"):F0} | {Median("p999_us"):F0} | {Median("busy"):F2} ")
                    .Append(CultureInfo.InvariantCulture, $"| {Ratio("messages_per_s")} | {Ratio("messages_per_cpu_s")} | {Ratio("p99_us")} |\n");
            }
        }

        return table.ToString();
    }
}
