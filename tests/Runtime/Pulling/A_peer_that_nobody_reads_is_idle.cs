using QContinuum.Runtime.Tests.Requests;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Pulling;

/// <summary>How much of the other side is still there.</summary>
public enum OtherSide
{
    Waits,
    HasFinished,
    IsGone,
}

/// <summary>What it sent waits for a reader that may not come again, so that its end would not be seen either.</summary>
public sealed class A_peer_that_nobody_reads_is_idle
{
    [Theory, EachTransport(OtherSide.Waits, OtherSide.HasFinished, OtherSide.IsGone)]
    public async Task Where_its_reader_threw(Transport transport, OtherSide other)
    {
        await using TimedPullServer server = await TimedPullServer.StartAsync(transport);
        (RawClient client, Peer peer) = await server.ConnectAsync();
        await client.SendAsync(Frames.Join(Frames.Raw(1), Frames.Raw(2)));
        await Assert.ThrowsAsync<IOException>(async () =>
        {
            await foreach (ReceivedFrame _ in peer.ReadAllAsync())
            {
                throw new IOException("there is no room on the disk");
            }
        });

        Become(client, other);
        await ExpectIdleAsync(server, peer);
        client.Dispose();
    }

    [Theory, EachTransport]
    public async Task Where_its_reader_went_away(Transport transport)
    {
        await using TimedPullServer server = await TimedPullServer.StartAsync(transport);
        (RawClient client, Peer peer) = await server.ConnectAsync();
        await client.SendAsync(Frames.Join(Frames.Raw(1), Frames.Raw(2)));
        await server.PassAsync(200);
        Assert.Equal(1, await ReadOneAsync(peer));

        // It counts from when the reader went, not from the last byte.
        await ExpectIdleAsync(server, peer);
        client.Dispose();
    }

    [Theory, EachTransport]
    public async Task Where_nobody_ever_came(Transport transport)
    {
        await using TimedPullServer server = await TimedPullServer.StartAsync(transport);
        (RawClient client, Peer peer) = await server.ConnectAsync();
        await client.SendAsync(Frames.Raw(1));
        await Guard.UntilAsync(() => peer.Reader!.Held > 0);

        await ExpectIdleAsync(server, peer);

        // What it gave is there all the same.
        await using IAsyncEnumerator<ReceivedFrame> reading = peer.ReadAllAsync().GetAsyncEnumerator();
        Assert.True(await reading.MoveNextAsync().Guarded());
        PeerClosedException closed = await Assert.ThrowsAsync<PeerClosedException>(() => reading.MoveNextAsync().Guarded());
        Assert.Equal(CloseReason.Idle, closed.Reason);
        client.Dispose();
    }

    /// <summary>While it is asked, it is read though nobody reads it, and so its end is seen: nothing else would end it any more.</summary>
    [Theory, EachTransport]
    public async Task Where_its_end_has_been_seen(Transport transport)
    {
        await using TimedPullServer server = await TimedPullServer.StartAsync(transport, new PullProcessor<DeviceHeader>());
        (RawClient client, Peer peer) = await server.ConnectAsync();
        Task<Value> asked = peer.RequestAsync(new Requests.Ask(1)).AsTask();
        await client.ReceiveAsync(5);
        await client.SendAsync(Frames.Join(Requests.Line.Occur(7), Requests.Line.Occur(8)));
        await Guard.UntilAsync(() => peer.Reader!.Held > 0);
        client.FinishSending();
        await Assert.ThrowsAsync<PeerClosedException>(() => asked.Guarded());

        await server.PassAsync(250);
        Assert.Equal(CloseReason.None, peer.Reason);
        await server.PassAsync(60);
        await server.PassAsync(60);
        Assert.Equal(CloseReason.Idle, await peer.Completion.Guarded());
        client.Dispose();
    }

    /// <summary>There is nobody who would reset it, as a server that stops does.</summary>
    [Theory, EachTransport]
    public async Task And_does_not_hold_up_a_processor_that_stops(Transport transport)
    {
        PullProcessor<MessageHeader> processor = new();
        await using TimedPullServer server = await TimedPullServer.StartAsync(transport, processor, new PeerOptions { IdleTimeout = Timeout.InfiniteTimeSpan });
        (RawClient client, Peer peer) = await server.ConnectAsync();
        await client.SendAsync(Frames.Join(Frames.Raw(1), Frames.Raw(2)));
        await Guard.UntilAsync(() => peer.Reader!.Held > 0);

        Task stopping = processor.StopAsync();
        await Guard.UntilAsync(() =>
        {
            server.Clock.Advance(TimeSpan.FromSeconds(1));
            return stopping.IsCompleted;
        });

        Assert.Equal(CloseReason.Stopped, peer.Reason);
        client.Dispose();
    }

    [Theory, EachTransport(OtherSide.Waits, OtherSide.HasFinished, OtherSide.IsGone)]
    public async Task But_not_one_whose_reader_comes_again(Transport transport, OtherSide other)
    {
        await using TimedPullServer server = await TimedPullServer.StartAsync(transport);
        (RawClient client, Peer peer) = await server.ConnectAsync();
        await client.SendAsync(Frames.Join(Enumerable.Range(1, 5).Select(static i => Frames.Raw((byte)i))));
        await Guard.UntilAsync(() => peer.Reader!.Held > 0);
        Become(client, other);
        for (byte expected = 1; expected <= 5; expected++)
        {
            Assert.Equal(expected, await ReadOneAsync(peer));
            await server.PassAsync(200);
            Assert.Equal(CloseReason.None, peer.Reason);
        }

        client.Dispose();
        await peer.DisposeAsync();
    }

    /// <summary>Who reads has the time it takes.</summary>
    [Theory, EachTransport]
    public async Task Nor_one_whose_reader_is_slow(Transport transport)
    {
        await using TimedPullServer server = await TimedPullServer.StartAsync(transport);
        (RawClient client, Peer peer) = await server.ConnectAsync();
        await client.SendAsync(Frames.Join(Frames.Raw(1), Frames.Raw(2)));
        int read = 0;
        await foreach (ReceivedFrame _ in peer.ReadAllAsync())
        {
            await server.PassAsync(1_000);
            Assert.Equal(CloseReason.None, peer.Reason);
            if (++read == 2)
            {
                break;
            }
        }

        client.Dispose();
        await peer.DisposeAsync();
    }

    private static async Task ExpectIdleAsync(TimedPullServer server, Peer peer)
    {
        await server.PassAsync(299);
        Assert.Equal(CloseReason.None, peer.Reason);
        await server.PassAsync(2);
        Assert.Equal(CloseReason.Idle, await peer.Completion.Guarded());
    }

    private static void Become(RawClient client, OtherSide other)
    {
        switch (other)
        {
            case OtherSide.HasFinished:
                client.FinishSending();
                break;
            case OtherSide.IsGone:
                client.Dispose();
                break;
        }
    }

    private static async Task<int> ReadOneAsync(Peer peer)
    {
        await foreach (ReceivedFrame frame in peer.ReadAllAsync())
        {
            return frame.Body.Span[0];
        }

        return -1;
    }
}
