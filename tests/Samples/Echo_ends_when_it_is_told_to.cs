using System.Net.Sockets;

namespace QContinuum.Samples.Tests;

public sealed class Echo_ends_when_it_is_told_to
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task By_a_signal_although_a_client_is_connected(string signal)
    {
        await using EchoServer echo = await EchoServer.StartAsync();
        using Socket client = echo.Connect();
        EchoServer.ExpectEcho(client, EchoServer.Frame(1, [1, 2, 3]));

        await echo.Process.SignalAsync(signal);

        (int code, string output, string errors) = await echo.Process.EndAsync();
        Assert.Equal((0, ""), (code, output));

        // Nothing but what it said at its start.
        Assert.Matches(@"^memory budget: \d+ MiB \([^\n]*\)\s*$", errors);
    }
}
