using System.Globalization;

namespace QContinuum.Benchmarks.Macro;

/// <summary>What every row measures with: how often, how long, and the load.</summary>
internal sealed class Bench(int rounds, double seconds)
{
    /// <summary>A new server compiles what it runs often while it runs: until then it is not measured.</summary>
    private const double WarmUpSeconds = 1.5;

    private static readonly Shape WarmUp = new(50, 16);
    private static readonly Lazy<string> Load = new(static () => CompiledC.Build("Load/load.c"));

    public int Rounds => rounds;

    public double Seconds => seconds;

    /// <summary>Starts a server and lets it become warm.</summary>
    public async Task<RunningProgram> ServeWarmAsync(Launch launch, int messageId = 1)
    {
        RunningProgram server = await RunningProgram.ServeAsync(launch);
        await LoadAsync(server, WarmUp with { MessageId = messageId }, Math.Min(WarmUpSeconds, seconds));
        return server;
    }

    public Task<Figures> LoadAsync(RunningProgram server, Shape shape) => LoadAsync(server, shape, seconds);

    /// <summary>Has so many messages echoed, whatever time that takes.</summary>
    public static Task<Figures> LoadAsync(RunningProgram server, Shape shape, long messages) => LoadAsync(server, shape, 0, $"{messages}");

    /// <summary>Runs a program that measures a server, on the core of the load; its arguments begin with the server's port and process id.</summary>
    public static async Task<Figures> MeasureAsync(string program, RunningProgram server, params string[] arguments)
    {
        using RunningProgram load = RunningProgram.Start(new Launch("load", [program, $"{server.Port}", $"{server.Id}", .. arguments]), Machine.Cores.Load);
        return Figures.Parse(await load.LineAsync());
    }

    private static Task<Figures> LoadAsync(RunningProgram server, Shape shape, double seconds, params string[] messages)
        => MeasureAsync(
            Load.Value,
            server,
            [$"{shape.Connections}", $"{shape.Depth}", $"{shape.BodyBytes}", seconds.ToString(CultureInfo.InvariantCulture), $"{shape.MessageId}", .. messages]);
}
