using QContinuum.Runtime.Tests.Requests;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;
using Ask = QContinuum.Runtime.Tests.Requests.Ask;
using Line = QContinuum.Runtime.Tests.Requests.Line;

namespace QContinuum.Runtime.Tests.Pulling;

/// <summary>Replies go to their requests, also while a frame is being read; everything else is read.</summary>
public sealed class Who_reads_may_ask_as_well
{
    [Theory, EachTransport]
    public async Task And_replies_are_not_read(Transport transport)
    {
        await using TestServer server = await TestServer.StartAsync(transport, new PullProcessor<DeviceHeader>());
        (RawClient client, Peer peer) = await PullLine.ConnectAsync(server);
        Task<Value> first = peer.RequestAsync(new Ask(1)).AsTask();
        Task<Value> second = peer.RequestAsync(new Ask(2)).AsTask();
        byte one = (await client.ReceiveAsync(5))[2];
        byte two = (await client.ReceiveAsync(5))[2];

        await client.SendAsync(Frames.Join(Line.Occur(7), Line.Reply(two, 20), Line.Occur(8), Line.Reply(one, 10), Line.Occur(9)));
        client.FinishSending();

        Assert.Equal([7, 8, 9], await ReadAsync(peer));
        Assert.Equal(new Value(10), await first.Guarded());
        Assert.Equal(new Value(20), await second.Guarded());
        client.Dispose();
    }

    [Theory, EachTransport]
    public async Task In_the_middle_of_reading(Transport transport)
    {
        await using TestServer server = await TestServer.StartAsync(transport, new PullProcessor<DeviceHeader>());
        (RawClient client, Peer peer) = await PullLine.ConnectAsync(server);
        Task device = Task.Run(async () =>
        {
            await client.SendAsync(Frames.Join(Line.Occur(1), Line.Occur(2)));
            for (ushort i = 1; i <= 4; i++)
            {
                byte correlation = (await client.ReceiveAsync(5))[2];
                await client.SendAsync(Frames.Join(Line.Occur((byte)(i + 2)), Line.Reply(correlation, (ushort)(i * 100))));
            }

            client.FinishSending();
        });

        List<int> read = [];
        await foreach (ReceivedFrame frame in peer.ReadAllAsync())
        {
            Assert.True(frame.TryRead(out Event happened));
            read.Add(happened.Number);
            if (read.Count <= 4)
            {
                Value value = await peer.RequestAsync(new Ask(happened.Number)).AsTask().Guarded();
                Assert.Equal(read.Count * 100, value.Content);
            }
        }

        Assert.Equal([1, 2, 3, 4, 5, 6], read);
        await device.Guarded();
        client.Dispose();
    }

    /// <summary>It is gathered, as others are that are no longer than what is read as it arrives; what answers nothing is not.</summary>
    [Theory, EachTransport]
    public async Task And_has_a_long_reply_whole(Transport transport)
    {
        await using TestServer server = await TestServer.StartAsync(transport, new PullProcessor<DeviceHeader> { StreamOver = 1 });
        (RawClient client, Peer peer) = await PullLine.ConnectAsync(server);
        Task<Value> asked = peer.RequestAsync(new Ask(1)).AsTask();
        byte correlation = (await client.ReceiveAsync(5))[2];
        byte[] reply = Line.Reply(correlation, 20);
        await client.SendAsync(Frames.Join([2, 2, 0, 0], [7, 7], reply[..4]));

        await foreach (ReceivedFrame frame in peer.ReadAllAsync())
        {
            Assert.True(frame.IsStreamed);
            Assert.Equal([7, 7], (await frame.ReadBodyAsync().Guarded()).ToArray());
            Assert.True((await frame.ReadBodyAsync().Guarded()).IsEmpty);
            break;
        }

        await Guard.UntilAsync(() => peer.CommittedBytes > 0 || peer.Reader!.Held > 0);
        await client.SendAsync(Frames.Join(reply[4..], Line.Occur(8)));
        client.FinishSending();

        Assert.Equal([8], await ReadAsync(peer));
        Assert.Equal(new Value(20), await asked.Guarded());
        client.Dispose();
    }

    /// <summary>As long as a message may be.</summary>
    [Theory, EachTransport]
    public async Task But_no_longer_than_its_peer_may_send(Transport transport)
    {
        PeerServerOptions options = new() { Loops = 1, Peers = new PeerOptions { MaxMessageSize = 1 } };
        await using TestServer server = await TestServer.StartAsync(transport, new PullProcessor<DeviceHeader> { StreamOver = 1 }, options);
        (RawClient client, Peer peer) = await PullLine.ConnectAsync(server);
        Task<Value> asked = peer.RequestAsync(new Ask(1)).AsTask();
        byte correlation = (await client.ReceiveAsync(5))[2];

        await client.SendAsync(Line.Reply(correlation, 20).AsMemory(0, 4));

        PeerClosedException closed = await Assert.ThrowsAsync<PeerClosedException>(() => asked.Guarded());
        Assert.Equal(CloseReason.TooLong, closed.Reason);
        client.Dispose();
    }

    [Theory, EachTransport]
    public async Task And_waits_no_longer_than_the_peer_is_there(Transport transport)
    {
        await using TestServer server = await TestServer.StartAsync(transport, new PullProcessor<DeviceHeader>());
        (RawClient client, Peer peer) = await PullLine.ConnectAsync(server);
        Task<Value> asked = peer.RequestAsync(new Ask(1)).AsTask();
        await client.ReceiveAsync(5);

        client.Dispose();

        await Assert.ThrowsAsync<PeerClosedException>(() => asked.Guarded());
    }

    private static async Task<List<int>> ReadAsync(Peer peer)
    {
        List<int> read = [];
        await foreach (ReceivedFrame frame in peer.ReadAllAsync())
        {
            Assert.True(frame.TryRead(out Event happened));
            read.Add(happened.Number);
        }

        return read;
    }
}
