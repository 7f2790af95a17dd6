using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Deadlines;

public sealed class A_peer_must_take_what_it_is_sent
{
    /// <summary>Less than the cap, and more than the sockets hold.</summary>
    private const int Sent = 3 * 1024 * 1024;

    private const int Message = 64 * 1024;

    [Theory, EachLine]
    public async Task Or_it_is_closed(Transport transport, Threading threading)
    {
        await using TimedServer server = await TimedServer.StartAsync(transport, threading, new PeerOptions { SendLimit = 16 * 1024 * 1024 });
        using RawClient client = await server.ConnectAsync(receiveBuffer: 4096);
        await SendAsync(server, client);
        await server.PassAsync(29);
        Assert.Empty(server.Reasons);
        await server.PassAsync(1.5);
        for (int more = 0; more < 5 && !server.Reasons.Any(); more++)
        {
            // The kernel of the other side took a little more meanwhile: then the time begins anew.
            await server.PassAsync(31);
        }

        Assert.Contains("it took nothing for 30 s, and ", await server.Log.NextAsync(), StringComparison.Ordinal);
        Assert.Equal(CloseReason.SendStalled, (await server.Script.Closings.NextAsync()).Reason);
    }

    [Theory, EachLine]
    public async Task However_slowly(Transport transport, Threading threading)
    {
        await using TimedServer server = await TimedServer.StartAsync(transport, threading, new PeerOptions { SendLimit = 16 * 1024 * 1024 });
        using RawClient client = await server.ConnectAsync(receiveBuffer: 4096);
        await SendAsync(server, client);
        for (int received = 0; received < Sent; received += Sent / 6)
        {
            await server.PassAsync(25);
            await client.ReceiveAsync(Sent / 6);
        }

        Assert.Empty(server.Reasons);
    }

    [Theory, EachLine]
    public async Task Unless_it_may_take_for_ever(Transport transport, Threading threading)
    {
        await using TimedServer server = await TimedServer.StartAsync(
            transport,
            threading,
            new PeerOptions { SendLimit = 16 * 1024 * 1024, SendTimeout = Timeout.InfiniteTimeSpan });
        using RawClient client = await server.ConnectAsync(receiveBuffer: 4096);
        await SendAsync(server, client);
        await server.PassAsync(250);
        await client.ReceiveAsync(Sent);
        Assert.Empty(server.Reasons);
    }

    private static async Task SendAsync(TimedServer server, RawClient client)
    {
        await client.ExpectEchoAsync(Frames.Raw(1));
        Peer peer = await server.Script.Peers.NextAsync();
        byte[] bytes = new byte[Message - Frames.HeaderSize];
        for (int sent = 0; sent < Sent; sent += Message)
        {
            Assert.True(peer.Send(new Raw(bytes)) <= SendResult.Congested);
        }
    }
}
