using System.Diagnostics;

namespace QContinuum.Soak.Tests.Load;

/// <summary>A process that makes load, seen from the one that started it. It ends with that, however that ends.</summary>
internal sealed class LoadRun : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Task _read;
    private volatile Tally _latest = new();

    private LoadRun(Process process)
    {
        _process = process;
        _read = ReadAsync();
    }

    public int Id => _process.Id;

    public Tally Latest => _latest;

    /// <summary>
    /// Starts it with less of a claim to the processors than others have: elsewhere clients have machines of their own, and here the server
    /// shall wait for them no more than there.
    /// </summary>
    public static LoadRun Start(int port, SoakOptions options)
        => new(Process.Start(new ProcessStartInfo("nice", ["dotnet", typeof(LoadRun).Assembly.Location, .. LoadProcess.Arguments(port, options)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!);

    /// <summary>Has every peer end what it is at and leave.</summary>
    /// <returns>All there was.</returns>
    public async Task<Tally> StopAsync()
    {
        _process.StandardInput.Close();
        await _read.WaitAsync(Patience);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode == 0 ? Latest : throw new InvalidOperationException($"the process of the load ended with {_process.ExitCode}");
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _latest = Tally.Parse(line);
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
