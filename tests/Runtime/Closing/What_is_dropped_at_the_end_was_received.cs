using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Closing;

public sealed class What_is_dropped_at_the_end_was_received
{
    /// <summary>Nobody handles it, but it came over the connection.</summary>
    [Theory, EachTransport]
    public async Task And_counts(Transport transport)
    {
        const int Late = 30_000;
        Script script = new();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(Threading.Inline));
        using RawClient client = await server.ConnectAsync();
        Peer peer = await script.Peers.NextAsync();
        peer.Close();
        Assert.Empty(await client.ReceiveToEndAsync());

        await client.SendAsync(new byte[Late]);
        client.FinishSending();

        await Guard.UntilAsync(() => peer.Statistics.BytesReceived == Late);
    }
}
