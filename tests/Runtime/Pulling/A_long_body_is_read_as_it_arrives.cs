using QContinuum.Buffers;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Pulling;

public sealed class A_long_body_is_read_as_it_arrives
{
    [Theory, EachTransport(0, 100, 70_000)]
    public async Task Piece_by_piece_among_others(Transport transport, int over)
    {
        int[] sizes = [3, 200_000, 0, 101, 5_000_000, 50, 70_001, 1];
        byte[] stream = Frames.Join(sizes.Select(static size => Frames.Raw(Frames.Pattern(size, size))));
        await using TestServer server = await TestServer.StartAsync(transport, new PullProcessor<MessageHeader> { StreamOver = over });
        Task<Peer> accepting = server.Server.AcceptAsync();
        using RawClient client = await server.ConnectAsync();
        await using Peer peer = await accepting.Guarded();
        Task sending = Task.Run(async () =>
        {
            await client.SendAsync(stream);
            client.FinishSending();
        });

        int at = 0;
        await foreach (ReceivedFrame frame in peer.ReadAllAsync())
        {
            Assert.Equal(sizes[at], frame.BodyLength);
            Assert.Equal(sizes[at] > over, frame.IsStreamed);
            Assert.Equal(Frames.Pattern(sizes[at], sizes[at]), await BodyAsync(frame));
            at++;
        }

        Assert.Equal(sizes.Length, at);
        await sending.Guarded();
    }

    [Theory, EachTransport]
    public async Task What_is_not_read_of_it_is_skipped(Transport transport)
    {
        await using TestServer server = await TestServer.StartAsync(transport, new PullProcessor<MessageHeader> { StreamOver = 1000 });
        Task<Peer> accepting = server.Server.AcceptAsync();
        using RawClient client = await server.ConnectAsync();
        await using Peer peer = await accepting.Guarded();
        byte[] stream = Frames.Join(Enumerable.Range(0, 6).Select(static i => Frames.Raw(new byte[i % 2 == 0 ? 300_000 : 1])));
        Task sending = Task.Run(async () =>
        {
            await client.SendAsync(stream);
            client.FinishSending();
        });

        List<int> read = [];
        await foreach (ReceivedFrame frame in peer.ReadAllAsync())
        {
            read.Add(frame.BodyLength);
            if (read.Count == 3)
            {
                // One piece of many.
                Assert.False((await frame.ReadBodyAsync()).IsEmpty);
            }
        }

        int[] expected = [300_000, 1, 300_000, 1, 300_000, 1];
        Assert.Equal(expected, read);
        await sending.Guarded();
    }

    /// <summary>A piece is valid until the next is asked for: who asks before it is there has two of the same, or none.</summary>
    [Theory, EachTransport]
    public async Task It_has_one_reader_at_a_time(Transport transport)
    {
        await using TestServer server = await TestServer.StartAsync(transport, new PullProcessor<MessageHeader> { StreamOver = 1000 });
        Task<Peer> accepting = server.Server.AcceptAsync();
        using RawClient client = await server.ConnectAsync();
        await using Peer peer = await accepting.Guarded();
        byte[] stream = Frames.Raw(Frames.Pattern(5_000, 1));
        await client.SendAsync(stream.AsMemory(0, 8).ToArray());
        await using IAsyncEnumerator<ReceivedFrame> frames = peer.ReadAllAsync().GetAsyncEnumerator();
        Assert.True(await frames.MoveNextAsync().AsTask().Guarded());
        ReceivedFrame frame = frames.Current;

        Task<ReadOnlyMemory<byte>> first = frame.ReadBodyAsync().AsTask();
        await Assert.ThrowsAsync<InvalidOperationException>(() => frame.ReadBodyAsync().AsTask());

        await client.SendAsync(stream.AsMemory(8).ToArray());
        List<byte> body = [.. (await first.Guarded()).Span];
        while (await frame.ReadBodyAsync() is { IsEmpty: false } piece)
        {
            body.AddRange(piece.Span);
        }

        Assert.Equal(Frames.Pattern(5_000, 1), body);
    }

    [Theory, EachTransport]
    public async Task A_body_that_ends_too_early_is_an_exception(Transport transport)
    {
        await using TestServer server = await TestServer.StartAsync(transport, new PullProcessor<MessageHeader> { StreamOver = 1000 });
        Task<Peer> accepting = server.Server.AcceptAsync();
        using RawClient client = await server.ConnectAsync();
        await using Peer peer = await accepting.Guarded();
        await client.SendAsync(new byte[][] { Frames.Header(1_000_000_000, 5), new byte[5_000] }.SelectMany(static bytes => bytes).ToArray());
        client.FinishSending();

        PeerClosedException closed = await Assert.ThrowsAsync<PeerClosedException>(async () =>
        {
            await foreach (ReceivedFrame frame in peer.ReadAllAsync())
            {
                Assert.Equal(1_000_000_000, frame.BodyLength);
                await BodyAsync(frame);
            }
        });

        Assert.Equal(CloseReason.Truncated, closed.Reason);
    }

    /// <summary>The reader is slow and the writer is not: what is in between does not grow.</summary>
    [Theory, EachTransport]
    public async Task Memory_does_not_depend_on_its_length(Transport transport)
    {
        const int Size = 64 * 1024 * 1024;
        await using TestServer server = await TestServer.StartAsync(transport, new PullProcessor<MessageHeader> { StreamOver = 1000 });
        Task<Peer> accepting = server.Server.AcceptAsync();
        using RawClient client = await server.ConnectAsync();
        await using Peer peer = await accepting.Guarded();
        Task sending = Task.Run(async () =>
        {
            await client.SendAsync(Frames.Header(Size, 5));
            byte[] piece = new byte[1024 * 1024];
            for (int i = 0; i < Size / piece.Length; i++)
            {
                await client.SendAsync(piece);
            }
        });

        long read = 0;
        long most = 0;
        await foreach (ReceivedFrame frame in peer.ReadAllAsync())
        {
            for (ReadOnlyMemory<byte> piece; !(piece = await frame.ReadBodyAsync()).IsEmpty;)
            {
                read += piece.Length;
                most = Math.Max(most, server.Server.OutstandingBlocks);
                await Task.Yield();
            }

            break;
        }

        Assert.Equal(Size, read);
        Assert.InRange(most, 0, 4);
        await sending.Guarded();
    }

    [Theory, EachTransport]
    public async Task A_body_beyond_the_limit_is_refused_from_its_header(Transport transport)
    {
        await using TestServer server = await TestServer.StartAsync(transport, new PullProcessor<MessageHeader> { StreamOver = 1000, MaxStreamedBody = 2_000_000 });
        Task<Peer> accepting = server.Server.AcceptAsync();
        using RawClient client = await server.ConnectAsync();
        Peer peer = await accepting.Guarded();

        await client.SendAsync(Frames.Header(2_000_001, 5));

        Assert.Equal(CloseReason.TooLong, await peer.Completion.Guarded());
    }

    [Fact]
    public void Fewer_than_no_bytes_are_none()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PullProcessor<MessageHeader> { StreamOver = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PullProcessor<MessageHeader> { MaxStreamedBody = -1 });
    }

    /// <summary>In whatever order the two are set.</summary>
    [Fact]
    public void What_is_streamed_is_not_refused_for_its_length()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PullProcessor<MessageHeader> { StreamOver = 1_001, MaxStreamedBody = 1_000 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PullProcessor<MessageHeader> { MaxStreamedBody = 1_000, StreamOver = 1_001 });
        Assert.Equal(1_000, new PullProcessor<MessageHeader> { StreamOver = 1_000, MaxStreamedBody = 1_000 }.MaxStreamedBody);
        Assert.Equal(1_000, new PullProcessor<MessageHeader> { MaxStreamedBody = 1_000, StreamOver = 1_000 }.StreamOver);
    }

    private static async Task<byte[]> BodyAsync(ReceivedFrame frame)
    {
        using MemoryStream all = new();
        for (ReadOnlyMemory<byte> piece; !(piece = await frame.ReadBodyAsync()).IsEmpty;)
        {
            all.Write(piece.Span);
        }

        return all.ToArray();
    }
}
