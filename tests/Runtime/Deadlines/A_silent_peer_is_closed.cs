using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Deadlines;

public sealed class A_silent_peer_is_closed
{
    [Theory, EachLine]
    public async Task In_order_and_without_a_word_in_the_log(Transport transport, Threading threading)
    {
        await using TimedServer server = await TimedServer.StartAsync(transport, threading);
        using RawClient client = await server.ConnectAsync();
        await client.ExpectEchoAsync(Frames.Raw(1));
        await server.PassAsync(150);
        await client.ExpectEchoAsync(Frames.Raw(2));
        await server.PassAsync(299);
        Assert.Empty(server.Reasons);
        await server.PassAsync(2);
        Assert.Empty(await client.ReceiveToEndAsync());
        Assert.Equal(CloseReason.Idle, (await server.Script.Closings.NextAsync()).Reason);
        Assert.Empty(server.Log.All);
    }

    /// <summary>What it is sent is something, though it says nothing itself.</summary>
    [Theory, EachLine]
    public async Task Unless_it_is_sent_something(Transport transport, Threading threading)
    {
        await using TimedServer server = await TimedServer.StartAsync(transport, threading);
        using RawClient client = await server.ConnectAsync();
        await client.ExpectEchoAsync(Frames.Raw(1));
        Peer peer = await server.Script.Peers.NextAsync();
        for (int round = 0; round < 4; round++)
        {
            await server.PassAsync(200);
            Assert.Equal(SendResult.Sent, peer.Send(new Ask(round)));
            await client.ReceiveAsync(16);
        }

        Assert.Empty(server.Reasons);
    }

    [Theory, EachLine]
    public async Task Unless_it_may_be_silent_for_ever(Transport transport, Threading threading)
    {
        await using TimedServer server = await TimedServer.StartAsync(transport, threading, new PeerOptions { IdleTimeout = Timeout.InfiniteTimeSpan });
        using RawClient client = await server.ConnectAsync();
        await client.ExpectEchoAsync(Frames.Raw(1));
        await server.PassAsync(100_000);
        await client.ExpectEchoAsync(Frames.Raw(2));
        Assert.Empty(server.Reasons);
    }
}
