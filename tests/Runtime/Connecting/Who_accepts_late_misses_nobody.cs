using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Connecting;

public sealed class Who_accepts_late_misses_nobody
{
    private const int Clients = 40;

    [Theory, EachLine]
    public async Task Though_some_are_there_already(Transport transport, Threading threading)
    {
        Script script = new();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), new PeerServerOptions { Loops = 2 });
        List<RawClient> clients = [];
        for (int i = 0; i < Clients / 2; i++)
        {
            clients.Add(await server.ConnectAsync());
        }

        await script.Peers.NextAsync(Clients / 2);
        (await ConnectAsync(server)).Dispose();
        HashSet<Peer> accepted = [];
        for (int i = 0; i < Clients; i++)
        {
            if (i < Clients / 2)
            {
                clients.Add(await server.ConnectAsync());
            }

            accepted.Add(await server.Server.AcceptAsync().Guarded());
        }

        Assert.Equal(Clients, accepted.Count);
        clients.ForEach(static client => client.Dispose());
    }

    /// <summary>One that has gone before anybody accepts.</summary>
    private static async Task<RawClient> ConnectAsync(TestServer server)
    {
        int before = server.Server.PeerCount;
        RawClient client = await server.ConnectAsync();
        await Guard.UntilAsync(() => server.Server.PeerCount > before);
        client.Reset();
        await Guard.UntilAsync(() => server.Server.PeerCount == before);
        return client;
    }
}
