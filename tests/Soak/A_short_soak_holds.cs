using System.Diagnostics;

namespace QContinuum.Soak.Tests;

/// <summary>The program works: a few seconds of what it does by hand for hours. Latency and memory are not judged of so short a time.</summary>
public sealed class A_short_soak_holds
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Of_two_hundred_peers_and_their_attackers()
    {
        (int code, string output) = await RunAsync("--minutes", "0.08", "--peers", "200", "--rate", "2000", "--server-args", "--loops", "2");

        Assert.True(code == 0, output);
        Assert.Contains("SIGTERM while answers are owed: nothing lost", output, StringComparison.Ordinal);
        Assert.EndsWith("PASSED\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--peers", "many")]
    [InlineData("--minutes")]
    [InlineData("--speed", "5")]
    public async Task Not_of_what_it_cannot_take(params string[] arguments) => Assert.Equal(2, (await RunAsync(arguments)).Code);

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        using Process soak = Process.Start(new ProcessStartInfo("dotnet", [typeof(Soak).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            Task<string> error = soak.StandardError.ReadToEndAsync();
            string output = await soak.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
            await soak.WaitForExitAsync().WaitAsync(Patience);
            return (soak.ExitCode, await error + output);
        }
        finally
        {
            soak.Kill(entireProcessTree: true);
        }
    }
}
