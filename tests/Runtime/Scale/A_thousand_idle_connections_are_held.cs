using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Scale;

public sealed class A_thousand_idle_connections_are_held
{
    private const int Connections = 1000;

    [Theory, EachLine]
    public async Task And_each_still_answers(Transport transport, Threading threading)
    {
        var script = new Script();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), new PeerServerOptions { Loops = 2 });
        var clients = new List<RawClient>();
        for (int i = 0; i < Connections; i++)
        {
            clients.Add(await server.ConnectAsync());
        }

        await script.Peers.NextAsync(Connections);
        Assert.Equal(Connections, server.Server.PeerCount);

        for (int i = 0; i < Connections; i++)
        {
            await clients[i].ExpectEchoAsync(Frames.Ask(i));
        }

        clients.ForEach(client => client.Dispose());
        Assert.Equal(Connections, (await script.Closings.NextAsync(Connections)).Count(closing => closing.Reason == CloseReason.Remote));
    }
}
