using System.Net.Sockets;
using static QContinuum.Samples.Tests.ChatWire;

namespace QContinuum.Samples.Tests;

public sealed class Chat_takes_another_nick_when_its_own_is_gone
{
    [Fact]
    public async Task When_it_is_told_so()
    {
        using Socket listener = Listen();
        await using Sample ada = await LostAsync(listener);
        using Socket server = await AcceptAsync(listener);
        Expect(server, Hello, Texts("ada"));
        Send(server, Refused, Texts("the nick ada is taken"));
        await ada.LineWithAsync("! the nick ada is taken: choose another with /nick NICK; until then it is tried again");

        await ada.TypeAsync("/nick ada2");

        RefuseUntilItIs("ada2", server);
        Send(server, Welcome, Texts("ada2"));
        Assert.StartsWith("* welcome, ada2;", await ada.LineAsync(), StringComparison.Ordinal);
        Expect(server, Join, Texts("lobby"));
    }

    [Fact]
    public async Task Also_before_it_is()
    {
        using Socket listener = Listen();
        await using Sample ada = await LostAsync(listener);
        await ada.TypeAsync("/nick a\u200Bda");
        Assert.Equal("! a nick cannot have U+200B (it cannot be seen) in it", await ada.LineAsync());
        await ada.TypeAsync("/nick ada2");
        Assert.Equal("* you will be ada2 when the server answers", await ada.LineAsync());

        using Socket server = await AcceptAsync(listener);
        RefuseUntilItIs("ada2", server);
        Send(server, Welcome, Texts("ada2"));
        Assert.StartsWith("* welcome, ada2;", await ada.LineAsync(), StringComparison.Ordinal);
    }

    /// <summary>The connection that was lost may still have it.</summary>
    [Fact]
    public async Task Or_waits_until_it_is_free()
    {
        using Socket listener = Listen();
        await using Sample ada = await LostAsync(listener);
        using Socket server = await AcceptAsync(listener);
        for (int attempts = 0; attempts < 3; attempts++)
        {
            Expect(server, Hello, Texts("ada"));
            Send(server, Refused, Texts("the nick ada is taken"));
        }

        Expect(server, Hello, Texts("ada"));
        Send(server, Welcome, Texts("ada"));
        Assert.StartsWith("! the nick ada is taken", await ada.LineAsync(), StringComparison.Ordinal);
        Assert.StartsWith("* welcome, ada;", await ada.LineAsync(), StringComparison.Ordinal);
    }

    /// <summary>A client that was in, and has lost its server.</summary>
    private static async Task<Sample> LostAsync(Socket listener)
    {
        Sample ada = Sample.Start("Chat", "join", "ada", "--server", $"{listener.LocalEndPoint}");
        using (Socket first = await AcceptAsync(listener))
        {
            Expect(first, Hello, Texts("ada"));
            Send(first, Welcome, Texts("ada"));
            Expect(first, Join, Texts("lobby"));
            Send(first, Members, MembersOf("lobby", "ada"));
            Expect(first, Ping, Nothing);
        }

        await ada.LineWithAsync("* the server is gone");
        return ada;
    }

    private static void RefuseUntilItIs(string nick, Socket server)
    {
        while (true)
        {
            (int id, byte[] body) = Receive(server);
            Assert.Equal(Hello, id);
            if (body.SequenceEqual(Texts(nick)))
            {
                return;
            }

            Send(server, Refused, Texts("the nick is taken"));
        }
    }
}
