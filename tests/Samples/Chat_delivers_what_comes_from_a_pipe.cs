using System.Net.Sockets;
using static QContinuum.Samples.Tests.ChatWire;

namespace QContinuum.Samples.Tests;

public sealed class Chat_delivers_what_comes_from_a_pipe
{
    /// <summary>More at once than the server takes in a second, and than its buffers hold when the client has gone.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task To_the_last_line_before_it_ends(bool quits)
    {
        const int Lines = 70;
        string padding = new('p', 40);
        await using ChatServer server = await ChatServer.StartAsync();
        await using Sample ada = await server.JoinAsync("ada");
        await using Sample bob = await server.JoinAsync("bob");
        for (int line = 1; line <= Lines; line++)
        {
            await bob.TypeAsync($"{padding} {line}");
        }

        if (quits)
        {
            await bob.TypeAsync("/quit");
        }

        bob.EndInput();

        Assert.Equal("* lobby: bob joined", await ada.LineAsync());
        for (int line = 1; line <= Lines; line++)
        {
            Assert.EndsWith($"<bob> {padding} {line}", await ada.LineAsync(), StringComparison.Ordinal);
        }

        Assert.Equal("* lobby: bob left", await ada.LineAsync());
        Assert.Equal(0, (await bob.EndAsync()).Code);
    }

    [Fact]
    public async Task Or_says_what_the_server_has_not_confirmed()
    {
        using Socket listener = Listen();
        await using Sample ada = Sample.Start("Chat", "join", "ada", "--server", $"{listener.LocalEndPoint}");
        using (Socket server = await AcceptAsync(listener))
        {
            Expect(server, Hello, Texts("ada"));
            Send(server, Welcome, Texts("ada"));
            Expect(server, Join, Texts("lobby"));
            Send(server, Members, MembersOf("lobby", "ada"));
            Expect(server, Ping, Nothing);
            await ConfirmAsync(server, ada);
            await ada.TypeAsync("one");
            Expect(server, Say, Texts("one"));
            Expect(server, Ping, Nothing);
            await ConfirmAsync(server, ada);
            await ada.TypeAsync("two");
            await ada.TypeAsync("three");
            Expect(server, Say, Texts("two"));
            Expect(server, Ping, Nothing);
            Expect(server, Say, Texts("three"));
            ada.EndInput();
        }

        Assert.Equal("! the connection is lost: what you said last may not have arrived (2 lines)", await ada.LineAsync());
        (int code, string output, _) = await ada.EndAsync();
        Assert.Equal(1, code);
        Assert.Contains("! not all that you said arrived: 2 lines were not sent, or lost with the connection\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Or_that_a_line_could_not_be_said()
    {
        await using ChatServer server = await ChatServer.StartAsync();
        await using Sample ada = await server.JoinAsync("ada");
        await ada.TypeAsync(new string('t', 2001));
        ada.EndInput();

        (int code, string output, _) = await ada.EndAsync();
        Assert.Equal(1, code);
        Assert.EndsWith("! not all that you said arrived: 1 line was not sent, or lost with the connection\n", output, StringComparison.Ordinal);
    }

    /// <summary>Answers a Ping, and waits until the client has seen it: it shows what comes after.</summary>
    private static async Task ConfirmAsync(Socket server, Sample client)
    {
        Send(server, Pong, Nothing);
        Send(server, Notice, Texts("lobby", "eve", "waves"));
        await client.LineWithAsync("* lobby: eve waves");
    }
}
