using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Origin;

/// <summary>There a failed write was a line in the log: the peer stayed, and went on saying that all was sent.</summary>
public sealed class A_write_that_fails_is_told
{
    [Theory, EachLine]
    public async Task To_who_sends_and_to_who_waits_for_its_end(Transport transport, Threading threading)
    {
        Script script = new();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        RawClient client = await server.ConnectAsync();
        Peer peer = await script.Peers.NextAsync();

        // Unread bytes make a reset of every end.
        Assert.Equal(SendResult.Sent, peer.Send(new Raw(Frames.Pattern(50_000, seed: 1))));
        await client.ReceiveAsync(1);
        client.Reset();
        await Guard.UntilAsync(() => peer.Send(new Move(1, 2, 3)) is not (SendResult.Sent or SendResult.Congested));

        Assert.Equal((peer, CloseReason.Reset), await script.Closings.NextAsync());
        Assert.Equal(CloseReason.Reset, await peer.Completion.Guarded());
        Assert.Equal(SendResult.Closed, peer.Send(new Move(1, 2, 3)));
        Assert.Equal(0, server.Server.PeerCount);
    }
}
