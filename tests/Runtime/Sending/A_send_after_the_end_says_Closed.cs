using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Sending;

public sealed class A_send_after_the_end_says_Closed
{
    [Theory, EachLine]
    public async Task And_queues_nothing(Transport transport, Threading threading)
    {
        var script = new Script();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();
        Peer peer = await script.Peers.NextAsync();

        peer.Close();
        await Refuses(peer);
        Assert.Empty(await client.ReceiveToEndAsync());
        client.Dispose();
        await peer.Completion.Guarded();
        await Refuses(peer);
    }

    private static async Task Refuses(Peer peer)
    {
        Assert.Equal(SendResult.Closed, peer.Send(new Move(1, 2, 3)));
        Assert.Equal(SendResult.Closed, peer.Send(new Chat { Text = "late" }));
        Assert.Equal(SendResult.Closed, peer.Forward(new MessageHeader(0, 1), []));
        Assert.Equal(SendResult.Closed, await peer.SendAsync(new Move(1, 2, 3)).Guarded());
    }
}
