using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Sending;

public sealed class What_is_framed_already_is_sent_as_it_is
{
    [Theory, EachLine]
    public async Task In_order_with_messages(Transport transport, Threading threading)
    {
        byte[] framed = Frames.Join(Frames.Raw(1, 2, 3), Frames.Of(77, new byte[100_000]));
        Script script = new()
        {
            OnMove = (peer, move) =>
            {
                peer.Send(move);
                peer.SendFramed(framed);
                peer.SendFramed([]);
                peer.Send(move);
            },
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();
        byte[] move = Frames.Move(1, 2, 3);

        await client.SendAsync(move);

        byte[] expected = [.. move, .. framed, .. move];
        Assert.Equal(expected, await client.ReceiveAsync(expected.Length));
    }

    [Theory, EachLine]
    public async Task Statistics_count_every_byte(Transport transport, Threading threading)
    {
        Script script = new();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();
        Peer peer = await script.Peers.NextAsync();
        Assert.Equal((0, 0), (peer.Statistics.BytesReceived, peer.Statistics.BytesSent));
        byte[] frame = Frames.Raw(new byte[10_000]);
        for (int i = 0; i < 5; i++)
        {
            await client.ExpectEchoAsync(frame);
        }

        client.FinishSending();
        await client.ReceiveToEndAsync();
        await peer.Completion.Guarded();

        Assert.Equal(5 * frame.Length, peer.Statistics.BytesReceived);
        Assert.Equal(5 * frame.Length, peer.Statistics.BytesSent);
        Assert.InRange(peer.Statistics.SinceLastByte, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.Equal(1, server.Server.Statistics.Accepted);
        Assert.Equal(0, server.Server.Statistics.Peers);
    }
}
