using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Origin;

/// <summary>There the end of a peer took away what its pending write went on with: eight bytes of one client ended the process.</summary>
public sealed class A_bad_header_beside_a_pending_write_ends_one_peer
{
    [Theory, EachLine]
    public async Task Whether_it_lies_leaves_or_vanishes(Transport transport, Threading threading)
    {
        Script script = new();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        await server.SettleAsync();
        await script.Peers.NextAsync();

        await EndsAsync(CloseReason.NegativeLength, static async client =>
        {
            await client.SendAsync(Frames.Header(-1, 5));
            await client.EndedAsync();
        });
        await EndsAsync(CloseReason.Remote, static async client =>
        {
            client.FinishSending();
            await client.ReceiveToEndAsync();
        });
        await EndsAsync(CloseReason.Reset, static client =>
        {
            client.Reset();
            return Task.CompletedTask;
        });

        async Task EndsAsync(CloseReason reason, Func<RawClient, Task> endAsync)
        {
            using RawClient client = await server.ConnectAsync(receiveBuffer: 4096);
            Peer peer = await script.Peers.NextAsync();
            byte[] data = Frames.Pattern(60_000, seed: 1);
            while (peer.Send(new Raw(data)) == SendResult.Sent)
            {
                // Until the kernel takes no more, and its word that it does again is awaited.
                await server.SettleAsync();
            }

            await endAsync(client);

            Assert.Equal((peer, reason), await script.Closings.NextAsync());
            await server.SettleAsync();
        }
    }
}
