using System.Net.Sockets;
using static QContinuum.Samples.Tests.ChatWire;

namespace QContinuum.Samples.Tests;

public sealed class Chat_outlives_its_server
{
    [Fact]
    public async Task And_says_that_it_is_gone()
    {
        await using ChatServer server = await ChatServer.StartAsync();
        await using Sample ada = await server.JoinAsync("ada");

        await server.Process.SignalAsync("TERM");
        Assert.Equal("* the server is shutting down", await ada.LineAsync());
        Assert.StartsWith("* the server is gone", await ada.LineAsync(), StringComparison.Ordinal);
        Assert.Equal(0, (await server.Process.EndAsync()).Code);

        await ada.TypeAsync("/who");
        await ada.LineWithAsync("! not sent");
        await ada.TypeAsync("/quit");
        Assert.Equal(0, (await ada.EndAsync()).Code);
    }

    /// <summary>Everybody leaves at once then, and knows it.</summary>
    [Fact]
    public async Task And_hears_of_nobody_who_goes_with_it()
    {
        await using ChatServer server = await ChatServer.StartAsync();
        Socket[] clients = [.. Enumerable.Range(0, 12).Select(number => Enter($"u{number}", server))];

        await server.Process.SignalAsync("TERM");

        Assert.All(clients, static client =>
        {
            while (Receive(client).Id != Goodbye)
            {
            }

            Assert.Equal(0, client.Receive(new byte[1]));
            client.Dispose();
        });
    }

    [Fact]
    public async Task And_comes_back_into_its_room()
    {
        using Socket listener = Listen();
        await using Sample ada = Sample.Start("Chat", "join", "ada", "--server", $"{listener.LocalEndPoint}", "--room", "tea");
        using (Socket first = await AcceptAsync(listener))
        {
            Expect(first, Hello, Texts("ada"));
            Send(first, Welcome, Texts("ada"));
            Expect(first, Join, Texts("tea"));
            Send(first, Members, [0x93, .. Text("den"), 0x91, .. Text("ada"), 1]);
            await ada.LineWithAsync("* in den: ada");
        }

        await ada.LineWithAsync("* the server is gone");
        using Socket second = await AcceptAsync(listener);
        Expect(second, Hello, Texts("ada"));
        Send(second, Welcome, Texts("ada"));
        Expect(second, Join, Texts("den"));
    }

    [Fact]
    public async Task And_is_not_steered_by_a_hostile_one()
    {
        using Socket listener = Listen();
        await using Sample ada = Sample.Start("Chat", "join", "ada", "--server", $"{listener.LocalEndPoint}");
        using Socket server = await AcceptAsync(listener);
        Send(server, Welcome, Texts("ada"));
        Send(server, Notice, Texts("lob\e]0;x\aby", "e\u009Bve", "is \e[31mred\n\u202E"));
        Assert.Equal("* lob]0;xby: eve is [31mred", await ada.LineWithAsync("eve"));
    }

    private static Socket Enter(string nick, ChatServer server)
    {
        Socket socket = Connect(server.Endpoint);
        Send(socket, Hello, Texts(nick));
        Expect(socket, Welcome, Texts(nick));
        Send(socket, Join, Texts("lobby"));
        while (Receive(socket).Id != Members)
        {
        }

        return socket;
    }
}
