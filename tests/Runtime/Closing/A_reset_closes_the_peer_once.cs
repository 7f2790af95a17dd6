using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Closing;

public sealed class A_reset_closes_the_peer_once
{
    [Theory, EachLine]
    public async Task While_it_is_idle(Transport transport, Threading threading)
    {
        var script = new Script();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        RawClient client = await server.ConnectAsync();
        await client.ExpectEchoAsync(Frames.Raw(1));
        Peer peer = await script.Peers.NextAsync();

        client.Reset();

        // A unix domain socket knows no reset without bytes that are lost.
        CloseReason expected = transport == Transport.Unix ? CloseReason.Remote : CloseReason.Reset;
        Assert.Equal((peer, expected), await script.Closings.NextAsync());
        Assert.Equal(expected, await peer.Completion.Guarded());
        await server.SettleAsync();
        Assert.Single(script.Closings.All);
    }

    [Theory, EachLine]
    public async Task While_messages_fly_both_ways(Transport transport, Threading threading)
    {
        byte[] stream = Frames.Join(Enumerable.Range(0, 200).Select(i => Frames.Raw(Frames.Pattern(1000, i))));
        var script = new Script();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));

        for (int i = 0; i < 50; i++)
        {
            RawClient client = await server.ConnectAsync();
            Peer peer = await script.Peers.NextAsync();
            await client.SendAsync(stream);
            await client.ReceiveAsync(10);
            client.Reset();
            Assert.Equal((peer, CloseReason.Reset), await script.Closings.NextAsync());
        }

        await server.SettleAsync();
        Assert.Equal(50, script.Closings.All.Count);
    }

    /// <summary>A handler that waits for the peer's own end is told of it, although its lane is held.</summary>
    [Theory, EachLine]
    public async Task While_a_handler_waits(Transport transport, Threading threading)
    {
        var began = new Journal<Peer>();
        var script = new Script
        {
            OnAsk = async (peer, _) =>
            {
                began.Add(peer);
                await Task.Delay(Timeout.Infinite, peer.Aborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            },
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        RawClient client = await server.ConnectAsync();
        await client.SendAsync(Frames.Ask(1));
        Peer peer = await began.NextAsync();

        client.Reset();

        // That of a unix domain socket is an end like others.
        CloseReason expected = transport == Transport.Unix ? CloseReason.Remote : CloseReason.Reset;
        Assert.Equal(expected, await peer.Completion.Guarded());
        Assert.Equal([(peer, expected)], script.Closings.All);
    }
}
