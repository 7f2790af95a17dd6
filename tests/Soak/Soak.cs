using System.Globalization;
using QContinuum.Soak.Tests.Load;
using QContinuum.Soak.Tests.Measuring;
using QContinuum.Soak.Tests.Support;

namespace QContinuum.Soak.Tests;

/// <summary>A server under load and under attack for a long time, and what became of it.</summary>
internal sealed class Soak(SoakOptions options)
{
    /// <summary>Of those who are to come, so many are there before anything is measured; some are always on their way.</summary>
    private const double ArrivedShare = 0.9;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Verdict _verdict = new();

    /// <returns>Whether everything held.</returns>
    public async Task<bool> RunAsync()
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{options.Peers} peers for {options.Minutes} min, --seed {options.Seed}"));
        await using Server server = await Server.StartAsync(options.ServerArguments);
        await using Server other = await Server.StartAsync(options.ServerArguments);
        using (Probe probe = await Probe.StartAsync(server.Port))
        using (Probe reference = await Probe.StartAsync(other.Port))
        {
            Latencies alone = await probe.MeasureAsync(options.Rehearsal);
            Console.WriteLine($"good peers before the load: {alone}");

            int descriptors = server.Vitals.Descriptors;
            List<Figures> figures = await LoadAsync(new Gauge(server.Vitals, probe, reference), server.Port);
            _verdict.OnMemory(figures);
            _verdict.OnLatency(figures, alone);
            await SettleAsync(() => server.Vitals.Descriptors <= descriptors);
            _verdict.Add(server.Vitals.Descriptors <= descriptors, $"descriptors: {descriptors} before, {server.Vitals.Descriptors} after");
            _verdict.Add(probe.Failure is null, $"good peers: {probe.Failure ?? "every answer right"}");
        }

        string? missing = await Farewell.FindMissingAsync(server, options.Seed);
        _verdict.Add(missing is null, $"SIGTERM while answers are owed: {missing ?? "nothing lost"}");
        _verdict.OnEnd(await server.EndedAsync());
        _verdict.Print();
        return _verdict.Holds;
    }

    /// <returns>The figures of every second since nearly all had arrived.</returns>
    private async Task<List<Figures>> LoadAsync(Gauge gauge, int port)
    {
        using LoadRun load = LoadRun.Start(port, options);
        Display display = new();
        List<Figures> figures = [];
        gauge.Begin(load);
        display.Begin();
        await SettleAsync(() => load.Latest.Peers >= ArrivedShare * options.Peers, () => display.Show(gauge.Read()));
        using (PeriodicTimer second = new(Second))
        {
            for (double left = options.Duration.TotalSeconds; left > 0 && await second.WaitForNextTickAsync(); left--)
            {
                figures.Add(gauge.Read());
                display.Show(figures[^1]);
            }
        }

        display.End();
        _verdict.OnLoad(await load.StopAsync());
        return figures;
    }

    /// <summary>Waits for what nobody announces, and not for ever: who waits looks whether it came.</summary>
    private static async Task SettleAsync(Func<bool> settled, Action? meanwhile = null)
    {
        using PeriodicTimer second = new(Second);
        for (TimeSpan waited = TimeSpan.Zero; waited < Patience && !settled(); waited += Second)
        {
            await second.WaitForNextTickAsync();
            meanwhile?.Invoke();
        }
    }
}
