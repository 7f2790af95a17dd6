using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Pulling;

public sealed class Frames_are_read_by_who_asks
{
    [Theory, EachTransport]
    public async Task A_server_may_be_a_loop_over_peers_and_a_peer_a_loop_over_frames(Transport transport)
    {
        await using TestServer server = await TestServer.StartAsync(transport, new PullProcessor<MessageHeader>());
        Task<Peer> accepting = server.Server.AcceptAsync();
        using RawClient client = await server.ConnectAsync();
        await using Peer peer = await accepting.Guarded();

        await client.SendAsync(Frames.Join(Frames.Move(1, 2, 3), Frames.Raw(1, 2, 3), Frames.Chat("hello"), Frames.Of(99)));
        client.FinishSending();

        List<string> read = [];
        await foreach (ReceivedFrame frame in peer.ReadAllAsync())
        {
            read.Add(Describe(frame));
            if (frame.TryRead(out Move move))
            {
                peer.Send(move);
            }
        }

        string[] expected = [$"{new Move(1, 2, 3)}", "raw of 3", "hello", "99: 0"];
        Assert.Equal(expected, read);
        Assert.Equal(Frames.Move(1, 2, 3), await client.ReceiveToEndAsync());
    }

    [Theory, EachTransport]
    public async Task However_the_stream_is_cut(Transport transport)
    {
        byte[] stream = Frames.Join(Enumerable.Range(0, 50).Select(static i => Frames.Raw(Frames.Pattern(i * 7, i))));
        await using TestServer server = await TestServer.StartAsync(transport, new PullProcessor<MessageHeader>());
        Task<Peer> accepting = server.Server.AcceptAsync();
        using RawClient client = await server.ConnectAsync();
        await using Peer peer = await accepting.Guarded();
        Task sending = Task.Run(async () =>
        {
            for (int at = 0; at < stream.Length; at += 13)
            {
                await client.SendAsync(stream.AsMemory(at, Math.Min(13, stream.Length - at)));
            }

            client.FinishSending();
        });

        int number = 0;
        await foreach (ReceivedFrame frame in peer.ReadAllAsync())
        {
            Assert.Equal(Frames.Pattern(number * 7, number), frame.Body.ToArray());
            number++;
        }

        Assert.Equal(50, number);
        await sending.Guarded();
    }

    /// <summary>Who does not ask is not sent: the other side has to wait, and no memory is taken.</summary>
    [Theory, EachTransport]
    public async Task Who_does_not_ask_holds_the_other_side_up(Transport transport)
    {
        byte[] flood = new byte[32 * 1024 * 1024];
        for (int at = 0; at < flood.Length; at += 4096)
        {
            Frames.Header(4096 - Frames.HeaderSize, 5).CopyTo(flood, at);
        }

        await using TestServer server = await TestServer.StartAsync(transport, new PullProcessor<MessageHeader>());
        Task<Peer> accepting = server.Server.AcceptAsync();
        using RawClient client = await server.ConnectAsync();
        await using Peer peer = await accepting.Guarded();

        int taken = await Flood.UntilRefusedAsync(client, flood, static () => Task.Delay(1));

        Assert.InRange(taken, 1, flood.Length - 1);
        Assert.InRange(peer.Statistics.BytesReceived, 0, 2 * 64 * 1024);
        Task sending = client.SendAsync(flood.AsMemory(taken));
        int frames = 0;
        await foreach (ReceivedFrame frame in peer.ReadAllAsync())
        {
            Assert.Equal(4096 - Frames.HeaderSize, frame.BodyLength);
            if (++frames == flood.Length / 4096)
            {
                break;
            }
        }

        await sending.Guarded();
    }

    [Theory, EachTransport]
    public async Task A_fault_is_an_exception(Transport transport)
    {
        await using TestServer server = await TestServer.StartAsync(transport, new PullProcessor<MessageHeader>());
        Task<Peer> accepting = server.Server.AcceptAsync();
        using RawClient client = await server.ConnectAsync();
        Peer peer = await accepting.Guarded();
        await client.SendAsync(Frames.Join(Frames.Raw(1), Frames.Header(-1, 5)));

        List<int> read = [];
        PeerClosedException closed = await Assert.ThrowsAsync<PeerClosedException>(async () =>
        {
            await foreach (ReceivedFrame frame in peer.ReadAllAsync())
            {
                read.Add(frame.BodyLength);
            }
        });

        Assert.Equal(CloseReason.NegativeLength, closed.Reason);
        Assert.Single(read);
    }

    [Theory, EachTransport]
    public async Task Waiting_may_be_ended_and_begun_again(Transport transport)
    {
        await using TestServer server = await TestServer.StartAsync(transport, new PullProcessor<MessageHeader>());
        Task<Peer> accepting = server.Server.AcceptAsync();
        using RawClient client = await server.ConnectAsync();
        Peer peer = await accepting.Guarded();
        using CancellationTokenSource patience = new();
        Task<int> reading = CountAsync(peer, patience.Token);
        await Assert.ThrowsAsync<InvalidOperationException>(() => CountAsync(peer, default));

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.Guarded());

        await client.SendAsync(Frames.Raw(1));
        client.FinishSending();
        Assert.Equal(1, await CountAsync(peer, default).Guarded());
    }

    [Theory, EachTransport]
    public async Task A_client_reads_as_well(Transport transport)
    {
        await using TestServer server = await TestServer.StartAsync(transport, new Script().Run(Threading.Inline));
        await using Peer peer = await server.ConnectPeerAsync(new PullProcessor<MessageHeader>());
        for (int i = 0; i < 1_000; i++)
        {
            peer.Send(new Move(i, 0, 0));
        }

        int next = 0;
        await foreach (ReceivedFrame frame in peer.ReadAllAsync())
        {
            Assert.True(frame.TryRead(out Move move));
            Assert.Equal(next++, move.Entity);
            Assert.Equal(12, frame.Header<MessageHeader>().Length);
            if (next == 1_000)
            {
                break;
            }
        }
    }

    [Theory, EachTransport]
    public async Task The_frames_of_other_processors_are_not_read(Transport transport)
    {
        await using TestServer server = await TestServer.StartAsync(transport, new Script().Run(Threading.Inline));
        await using Peer peer = await server.ConnectPeerAsync(new Script().Run(Threading.Inline));

        Assert.Throws<InvalidOperationException>(() => peer.ReadAllAsync());
    }

    /// <summary>As if each had been read before the lane looks whether it has to wait for that.</summary>
    [Theory, EachTransport]
    public async Task Also_where_the_reader_is_faster_than_the_lane(Transport transport)
    {
        PullProcessor<MessageHeader> processor = new() { StreamOver = 100 };
        await using TestServer server = await TestServer.StartAsync(transport, processor);
        (RawClient client, Peer peer) = await PullLine.ConnectAsync(server);
        peer.Reader!.LetGo();
        byte[] stream = Frames.Join(Frames.Raw(1), Frames.Raw(new byte[500]), Frames.Raw(2));

        Assert.Equal(stream.Length, processor.Receive(peer, stream));

        client.Dispose();
        await peer.DisposeAsync();
    }

    /// <summary>Nothing would ever call it.</summary>
    [Fact]
    public void A_handler_is_not_added()
    {
        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(
            () => new PullProcessor<MessageHeader>().Handle<Move>(static (Peer _, in Move _) => { }));

        Assert.Contains(nameof(Peer.ReadAllAsync), refused.Message, StringComparison.Ordinal);
    }

    private static async Task<int> CountAsync(Peer peer, CancellationToken cancellationToken)
    {
        int count = 0;
        await foreach (ReceivedFrame _ in peer.ReadAllAsync(cancellationToken))
        {
            count++;
        }

        return count;
    }

    private static string Describe(ReceivedFrame frame)
        => frame.TryRead(out Move move) ? $"{move}"
            : frame.TryRead(out Raw raw) ? $"raw of {raw.Data.Length}"
            : frame.TryRead(out Chat chat) ? chat.Text
            : $"{frame.Id}: {frame.BodyLength}";
}
