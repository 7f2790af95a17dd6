using System.Globalization;
using System.Text.RegularExpressions;
using QContinuum.Attacks.Tests.Support;
using QContinuum.Samples.Tests;

namespace QContinuum.Soak.Tests.Support;

/// <summary>An Echo, running as a process of its own.</summary>
internal sealed partial class Server : IAsyncDisposable
{
    private readonly Sample _echo;

    private Server(Sample echo, int port)
    {
        _echo = echo;
        Port = port;
        Vitals = new Vitals(echo.Id);
    }

    public int Port { get; }

    public Vitals Vitals { get; }

    public static async Task<Server> StartAsync(string[] arguments)
    {
        Sample echo = Sample.Start("Echo", ["--port", "0", .. arguments]);
        string? line = await echo.LineAsync();
        Match match = Ready().Match(line ?? "");
        return match.Success
            ? new Server(echo, int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"the server said '{line}'{(await echo.EndAsync()).Error}");
    }

    public Task TerminateAsync() => _echo.SignalAsync("TERM");

    /// <summary>Waits until the server, which was told to, has ended.</summary>
    /// <returns>Its exit code, and what it wrote to its standard error.</returns>
    public async Task<(int Code, string Error)> EndedAsync()
    {
        (int code, _, string error) = await _echo.EndAsync();
        return (code, error);
    }

    public ValueTask DisposeAsync() => _echo.DisposeAsync();

    [GeneratedRegex(@"^listening on 127\.0\.0\.1:([1-9][0-9]*)$")]
    private static partial Regex Ready();
}
