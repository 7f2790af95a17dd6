using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Sending;

public sealed class A_handler_may_send_to_another_peer
{
    private const int Messages = 5000;

    /// <summary>Of the same loop and of another one: four peers on two loops, each passing everything on to the next.</summary>
    [Theory, EachLine]
    public async Task Of_any_loop(Transport transport, Threading threading)
    {
        var ring = new Peer[4];
        var script = new Script { OnMove = (peer, move) => ring[(Array.IndexOf(ring, peer) + 1) % ring.Length].Send(move) };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), new PeerServerOptions { Loops = 2 });

        var clients = new RawClient[ring.Length];
        for (int i = 0; i < ring.Length; i++)
        {
            clients[i] = await server.ConnectAsync();
            ring[i] = await script.Peers.NextAsync();
        }

        await Task.WhenAll(Enumerable.Range(0, ring.Length).Select(async i =>
        {
            Task sending = clients[i].SendAsync(Stream(i));
            byte[] expected = Stream((i + ring.Length - 1) % ring.Length);
            Assert.Equal(expected, await clients[i].ReceiveAsync(expected.Length));
            await sending;
        })).Guarded();

        Array.ForEach(clients, client => client.Dispose());
    }

    private static byte[] Stream(int sender) => Frames.Join(Enumerable.Range(0, Messages).Select(i => Frames.Move(sender, i, 0)));
}
