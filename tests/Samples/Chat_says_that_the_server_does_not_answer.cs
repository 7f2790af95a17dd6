using System.Net.Sockets;
using static QContinuum.Samples.Tests.ChatWire;

namespace QContinuum.Samples.Tests;

public sealed class Chat_says_that_the_server_does_not_answer
{
    [Fact]
    public async Task And_gives_it_up_and_tries_again()
    {
        using Socket listener = Listen();
        await using Sample ada = Sample.Start("Chat", "join", "ada", "--server", $"{listener.LocalEndPoint}");
        using Socket mute = await AcceptAsync(listener);

        Assert.Equal($"* waiting for {listener.LocalEndPoint} to answer", await ada.LineAsync());
        Assert.Equal($"* {listener.LocalEndPoint} has not answered for 10 s; trying until it does", await ada.LineAsync());

        using Socket second = await AcceptAsync(listener);
        Expect(second, Hello, Texts("ada"));
        Send(second, Welcome, Texts("ada"));
        Assert.StartsWith("* welcome, ada;", await ada.LineAsync(), StringComparison.Ordinal);
    }
}
