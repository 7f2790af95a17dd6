using System.Net.Sockets;

namespace QContinuum.Samples.Tests;

public sealed class Echo_ends_when_it_is_told_to
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task By_a_signal_although_a_client_is_connected(string signal)
    {
        using EchoServer echo = await EchoServer.StartAsync();
        using Socket client = echo.Connect();
        EchoServer.ExpectEcho(client, EchoServer.Frame(1, [1, 2, 3]));

        await echo.Process.SignalAsync(signal);

        Assert.Equal((0, "", ""), await echo.Process.EndAsync());
    }
}
