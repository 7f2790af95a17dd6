using System.ComponentModel;
using System.Diagnostics;

namespace QContinuum.Benchmarks.Macro;

/// <summary>A program that runs on one core. It ends when it is disposed of.</summary>
internal sealed class RunningProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>So often in a row, a tenth of a second apart, nothing has used ten milliseconds.</summary>
    private const int RestfulLooks = 3;

    private readonly Launch _launch;
    private readonly Process _process;

    private RunningProgram(Launch launch, Process process)
    {
        _launch = launch;
        _process = process;
    }

    public int Id => _process.Id;

    /// <summary>The port that a server told.</summary>
    public int Port { get; private set; }

    /// <summary>What its pages take of memory, in bytes.</summary>
    public long ResidentBytes => 1024 * long.Parse(
        File.ReadLines($"/proc/{Id}/status").Single(static line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ')[^2],
        System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Starts a server on its core, and waits until it listens.</summary>
    public static async Task<RunningProgram> ServeAsync(Launch launch)
    {
        RunningProgram server = Start(launch, launch.OnTwoCores ? Machine.TwoCores : $"{Machine.Cores.Server}");
        string line = await server.LineAsync();
        server.Port = int.Parse(line[(line.LastIndexOf(':') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
        return server;
    }

    /// <summary>Starts a program that measures on the core of the load.</summary>
    public static RunningProgram Load(string program, params string[] arguments) => Start(new Launch("load", [program, .. arguments]), $"{Machine.Cores.Load}");

    /// <summary>Starts a program on some cores; <c>taskset</c> becomes it, so that the process is the program's from the begin.</summary>
    public static RunningProgram Start(Launch launch, string cores)
    {
        var start = new ProcessStartInfo("taskset", ["-c", cores, .. launch.Command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (launch.Variable is { } variable)
        {
            start.Environment[variable.Name] = variable.Value;
        }

        try
        {
            Process process = Process.Start(start)!;
            return new RunningProgram(launch, process);
        }
        catch (Win32Exception)
        {
            throw new MissingException("taskset is missing, which keeps the server and the load on different cores: Debian has it in util-linux");
        }
    }

    /// <summary>The next line of its standard output.</summary>
    public async Task<string> LineAsync()
        => await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience)
            ?? throw new InvalidOperationException($"{string.Join(' ', _launch.Command)} ended: {await _process.StandardError.ReadToEndAsync()}");

    /// <summary>
    /// Waits until none of these does anything: they share a core, and who has just become warm goes on compiling on it for a while, which would be at the cost of who is measured.
    /// </summary>
    public static async Task RestAsync(IReadOnlyCollection<RunningProgram> programs)
    {
        var patience = Stopwatch.StartNew();
        for (int restful = 0; restful < RestfulLooks && patience.Elapsed < Patience;)
        {
            TimeSpan before = Sum();
            await Task.Delay(100);
            restful = Sum() == before ? restful + 1 : 0;
        }

        TimeSpan Sum()
        {
            TimeSpan sum = TimeSpan.Zero;
            foreach (RunningProgram program in programs)
            {
                program._process.Refresh();
                sum += program._process.TotalProcessorTime;
            }

            return sum;
        }
    }

    /// <summary>Writes a line to its standard input, to which it answers with figures.</summary>
    public async Task<Figures> AskAsync()
    {
        await _process.StandardInput.WriteLineAsync();
        await _process.StandardInput.FlushAsync();
        return Figures.Parse(await LineAsync());
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
