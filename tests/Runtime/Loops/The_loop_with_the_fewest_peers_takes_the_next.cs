using QContinuum.Loops;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Loops;

public sealed class The_loop_with_the_fewest_peers_takes_the_next
{
    /// <summary>Ten peers are five a loop. Once those of the one have gone, it gets all that come, until both have as many again.</summary>
    [Theory, EachTransport]
    public async Task And_so_they_stay_balanced(Transport transport)
    {
        Journal<(Peer Peer, EventLoop Loop)> opened = new();
        Script script = new()
        {
            OnOpened = peer =>
            {
                opened.Add((peer, (EventLoop)Lane.Current!));
                return peer;
            },
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(Threading.Inline), new PeerServerOptions { Loops = 2 });
        List<RawClient> clients = [];
        List<(Peer Peer, EventLoop Loop)> first = [];
        for (int i = 0; i < 10; i++)
        {
            clients.Add(await server.ConnectAsync());
            first.Add(await opened.NextAsync());
        }

        EventLoop emptied = first[0].Loop;
        Assert.Equal(5, first.Count(one => one.Loop == emptied));

        int before = emptied.Connections;
        foreach ((Peer peer, EventLoop loop) in first)
        {
            if (loop == emptied)
            {
                peer.Abort();
            }
        }

        await Guard.UntilAsync(() => emptied.Connections <= before - 5);
        for (int i = 0; i < 5; i++)
        {
            clients.Add(await server.ConnectAsync());
            Assert.Same(emptied, (await opened.NextAsync()).Loop);
        }

        clients.ForEach(static client => client.Dispose());
    }
}
