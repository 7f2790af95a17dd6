using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Order;

public sealed class Each_peer_gets_its_own_answers_in_order
{
    private const int Peers = 200;
    private const int Messages = 50;

    [Theory, EachLine]
    public async Task Two_hundred_peers_at_once(Transport transport, Threading threading)
    {
        var script = new Script();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), new PeerServerOptions { Loops = 2 });

        await Task.WhenAll(Enumerable.Range(0, Peers).Select(number => Task.Run(() => AskAsync(server, number)))).Guarded();

        Assert.Equal(Peers, (await script.Closings.NextAsync(Peers)).Count(closing => closing.Reason == CloseReason.Remote));
    }

    /// <summary>Fixed, with a tail, MessagePack and asynchronous by turns, many under way at once.</summary>
    private static async Task AskAsync(TestServer server, int number)
    {
        byte[] stream = Frames.Join(Enumerable.Range(0, Messages).Select(i => (i % 4) switch
        {
            0 => Frames.Move(number, i, 0),
            1 => Frames.Blob((uint)number, Frames.Pattern(i * 10, number)),
            2 => Frames.Chat($"{number} {i}"),
            _ => Frames.Ask(((long)number << 32) | (uint)i),
        }));
        using RawClient client = await server.ConnectAsync();
        await client.SendAsync(stream);
        Assert.Equal(stream, await client.ReceiveAsync(stream.Length));
    }
}
