using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Origin;

/// <summary>There eight bytes were given a hundred mebibytes.</summary>
public sealed class A_claim_of_100_MiB_gets_no_memory
{
    [Theory, EachLine]
    public async Task Though_it_may_be_true(Transport transport, Threading threading)
    {
        const int Claim = 100 * 1024 * 1024;
        Script script = new();
        PeerServerOptions options = new() { Loops = 1, Peers = new PeerOptions { MaxMessageSize = Claim } };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), options);
        using RawClient client = await server.ConnectAsync();
        Peer peer = await script.Peers.NextAsync();

        await client.SendAsync(Frames.Header(Claim, 5));
        await client.SendAsync(new byte[10_000]);
        await server.SettleAsync();

        // Twice what has come, and a block.
        Assert.InRange(peer.CommittedBytes, 10_000, (2 * 10_008) + (16 * 1024));
    }

    [Theory, EachLine]
    public async Task Beyond_the_limit_it_ends_the_peer(Transport transport, Threading threading)
    {
        Script script = new();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();

        await client.SendAsync(Frames.Header(100 * 1024 * 1024, 5));

        Assert.Equal(CloseReason.TooLong, (await script.Closings.NextAsync()).Reason);
    }
}
