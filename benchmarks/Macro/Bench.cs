using System.Globalization;

namespace QContinuum.Benchmarks.Macro;

/// <summary>What every row measures with: how often, how long, and the load.</summary>
internal sealed class Bench(int rounds, double seconds)
{
    /// <summary>A new server compiles what it runs often while it runs: until then it is not measured.</summary>
    public const double WarmUpSeconds = 1.5;

    private static readonly Lazy<string> Load = new(static () => CompiledC.Build("Load/load.c"));

    public int Rounds => rounds;

    public double Seconds => seconds;

    /// <summary>A number as programs in C read it.</summary>
    public static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Starts a server and lets it become warm with each load that it is to be measured with: what they run often is not the same.</summary>
    public async Task<RunningProgram> ServeWarmAsync(Launch launch, params IReadOnlyCollection<Shape> shapes)
    {
        RunningProgram server = await RunningProgram.ServeAsync(launch);
        foreach (Shape shape in shapes)
        {
            await LoadAsync(server, shape with { Messages = null }, Math.Min(WarmUpSeconds, seconds));
        }

        return server;
    }

    public Task<Figures> LoadAsync(RunningProgram server, Shape shape) => LoadAsync(server, shape, seconds);

    /// <summary>Runs a program that measures a server, on the core of the load; its arguments begin with the server's port and process id.</summary>
    public static async Task<Figures> MeasureAsync(string program, RunningProgram server, params string[] arguments)
    {
        using RunningProgram load = RunningProgram.Load(program, [$"{server.Port}", $"{server.Id}", .. arguments]);
        return Figures.Parse(await load.LineAsync());
    }

    private static Task<Figures> LoadAsync(RunningProgram server, Shape shape, double seconds)
    {
        string[] arguments = [$"{shape.Connections}", $"{shape.Depth}", $"{shape.BodyBytes}", Text(seconds), $"{shape.MessageId}"];
        return MeasureAsync(Load.Value, server, shape.Messages is { } messages ? [.. arguments, $"{messages}"] : arguments);
    }
}
