using System.Net.Sockets;
using static QContinuum.Samples.Tests.ChatWire;

namespace QContinuum.Samples.Tests;

/// <summary>A network that lost the other side says nothing: a connection may be dead without the server knowing.</summary>
public sealed class Chat_gives_the_nick_of_the_dead_to_the_living
{
    [Fact]
    public async Task When_the_dead_do_not_answer_and_the_living_keep_theirs()
    {
        await using ChatServer server = await ChatServer.StartAsync();
        using Socket living = Enter("ada", server);
        using Socket dead = Enter("bob", server);

        using Socket other = Connect(server.Endpoint);
        Send(other, Hello, Texts("ada"));
        Expect(other, Refused, Texts("the nick ada is taken"));
        Expect(living, Knock, Nothing);
        Send(living, Ping, Nothing);
        Expect(living, Pong, Nothing);

        // Asked later than the living, given up all the same.
        int id = Refused;
        while (id == Refused)
        {
            Send(other, Hello, Texts("bob"));
            (id, _) = Receive(other);
        }

        Assert.Equal(Welcome, id);
        Expect(dead, Knock, Nothing);
        Assert.Throws<SocketException>(() => Assert.Equal(0, dead.Receive(new byte[1])));

        using Socket third = Connect(server.Endpoint);
        Send(third, Hello, Texts("ada"));
        Expect(third, Refused, Texts("the nick ada is taken"));
        Expect(living, Knock, Nothing);
    }

    /// <summary>The client of the sample is one of the living.</summary>
    [Fact]
    public async Task And_a_client_that_is_asked_says_that_it_is_there()
    {
        using Socket listener = Listen();
        await using Sample ada = Sample.Start("Chat", "join", "ada", "--server", $"{listener.LocalEndPoint}");
        using Socket server = await AcceptAsync(listener);
        Expect(server, Hello, Texts("ada"));
        Send(server, Welcome, Texts("ada"));
        Expect(server, Join, Texts("lobby"));
        Send(server, Members, MembersOf("lobby", "ada"));
        Expect(server, Ping, Nothing);

        Send(server, Knock, Nothing);

        Expect(server, Ping, Nothing);
    }

    private static Socket Enter(string nick, ChatServer server)
    {
        Socket socket = Connect(server.Endpoint);
        Send(socket, Hello, Texts(nick));
        Expect(socket, Welcome, Texts(nick));
        return socket;
    }
}
