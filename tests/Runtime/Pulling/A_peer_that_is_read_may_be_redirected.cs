using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Pulling;

/// <summary>The first frames of a conversation are read by hand, a greeting for instance, and the others handled.</summary>
public sealed class A_peer_that_is_read_may_be_redirected
{
    private const int Count = 1_000;

    [Theory, EachLine]
    public Task And_the_reader_stops(Transport transport, Threading threading) => RedirectAsync(transport, threading, isLeft: true);

    /// <summary>It sees the end.</summary>
    [Theory, EachLine]
    public Task And_the_reader_goes_on(Transport transport, Threading threading) => RedirectAsync(transport, threading, isLeft: false);

    [Theory, EachTransport]
    public async Task Though_nobody_reads(Transport transport)
    {
        await using TestServer server = await TestServer.StartAsync(transport, new PullProcessor<MessageHeader>());
        (RawClient client, Peer peer) = await PullLine.ConnectAsync(server);
        await client.SendAsync(Frames.Raw(1));
        await Guard.UntilAsync(() => peer.Statistics.BytesReceived > 0);

        Assert.True(peer.Redirect(new Script().Run(Threading.Queued)));

        Assert.Equal(Frames.Raw(1), await client.ReceiveAsync(Frames.Raw(1).Length));
        client.Dispose();
    }

    [Theory, EachTransport]
    public async Task But_not_in_the_middle_of_a_body(Transport transport)
    {
        await using TestServer server = await TestServer.StartAsync(transport, new PullProcessor<MessageHeader> { StreamOver = 100 });
        (RawClient client, Peer peer) = await PullLine.ConnectAsync(server);
        Processor next = new Script().Run(Threading.Queued);
        Task sending = client.SendAsync(Frames.Join(Frames.Raw(new byte[500_000]), Frames.Raw(7)));
        await foreach (ReceivedFrame frame in peer.ReadAllAsync())
        {
            await frame.ReadBodyAsync();
            Assert.Throws<InvalidOperationException>(() => peer.Redirect(next));
            while (!(await frame.ReadBodyAsync()).IsEmpty)
            {
            }

            Assert.True(peer.Redirect(next));
            break;
        }

        Assert.Equal(Frames.Raw(7), await client.ReceiveAsync(Frames.Raw(7).Length));
        await sending.Guarded();
        client.Dispose();
    }

    /// <summary>Redirect has seen that none is read, and then one is: what follows its head is not the beginning of a frame.</summary>
    [Theory, EachTransport]
    public async Task Nor_in_the_middle_of_one_that_begins_to_be_read_meanwhile(Transport transport)
    {
        await using TestServer server = await TestServer.StartAsync(transport, new PullProcessor<MessageHeader> { StreamOver = 100 });
        (RawClient client, Peer peer) = await PullLine.ConnectAsync(server);
        byte[] stream = Frames.Join(Frames.Raw(Frames.Pattern(1_000, seed: 1)), Frames.Raw(7));
        await client.SendAsync(stream.AsMemory(0, Frames.HeaderSize));
        await Guard.UntilAsync(() => peer.Reader!.Held > 0);
        await using IAsyncEnumerator<ReceivedFrame> reading = peer.ReadAllAsync().GetAsyncEnumerator();
        Task<ReadOnlyMemory<byte>>? piece = null;
        Next next = new(() =>
        {
            ValueTask<bool> moved = reading.MoveNextAsync();
            Assert.True(moved.IsCompletedSuccessfully);
            piece = reading.Current.ReadBodyAsync().AsTask();
            Assert.True(SpinWait.SpinUntil(() => !peer.IsInterrupted, Guard.Patience));
        });

        peer.Redirect(next);

        Assert.Contains("is not redirected", await server.Log.NextAsync(), StringComparison.Ordinal);
        await client.SendAsync(stream.AsMemory(Frames.HeaderSize));
        List<byte> body = [];
        for (ReadOnlyMemory<byte> read = await piece!.Guarded(); !read.IsEmpty; read = await reading.Current.ReadBodyAsync().Guarded())
        {
            body.AddRange(read.Span);
        }

        Assert.Equal(Frames.Pattern(1_000, seed: 1), body);
        Assert.True(await reading.MoveNextAsync().Guarded());
        Assert.Equal([7], reading.Current.Body.ToArray());
        client.Dispose();
        Assert.False(await reading.MoveNextAsync().Guarded());
    }

    /// <summary>It was not read to its end, but is over: what follows is the beginning of a frame.</summary>
    [Theory, EachTransport]
    public async Task After_a_body_that_was_skipped(Transport transport)
    {
        await using TestServer server = await TestServer.StartAsync(transport, new PullProcessor<MessageHeader> { StreamOver = 100 });
        (RawClient client, Peer peer) = await PullLine.ConnectAsync(server);
        Task sending = client.SendAsync(Frames.Raw(new byte[500_000]));
        await using IAsyncEnumerator<ReceivedFrame> reading = peer.ReadAllAsync().GetAsyncEnumerator();
        Assert.True(await reading.MoveNextAsync().Guarded());
        Task<bool> next = reading.MoveNextAsync().AsTask();
        await Guard.UntilAsync(() => !peer.Reader!.IsWithinBody);

        Assert.True(peer.Redirect(new Script().Run(Threading.Queued)));

        Assert.False(await next.Guarded());
        await sending.Guarded();
        await client.ExpectEchoAsync(Frames.Raw(7));
        client.Dispose();
    }

    private static async Task RedirectAsync(Transport transport, Threading threading, bool isLeft)
    {
        await using TestServer server = await TestServer.StartAsync(transport, new PullProcessor<MessageHeader>());
        (RawClient client, Peer peer) = await PullLine.ConnectAsync(server);
        Journal<int> handled = new();
        Script script = new() { OnMove = (_, move) => handled.Add(move.Entity) };
        Task sending = client.SendAsync(Frames.Join(Enumerable.Range(0, Count).Select(static i => Frames.Move(i, 0, 0))));

        int read = 0;
        await foreach (ReceivedFrame frame in peer.ReadAllAsync())
        {
            Assert.True(frame.TryRead(out Move move));
            Assert.Equal(read++, move.Entity);
            if (read == 10)
            {
                Assert.True(peer.Redirect(script.Run(threading)));

                // It is valid as long as nothing else is asked for.
                await script.Peers.NextAsync();
                Assert.True(frame.TryRead(out Move again));
                Assert.Equal(move, again);
                if (isLeft)
                {
                    break;
                }
            }
        }

        Assert.Equal(Enumerable.Range(read, Count - read), await handled.NextAsync(Count - read));
        Assert.Equal(10, read);
        await sending.Guarded();
        client.Dispose();
    }

    /// <summary>By hand: something happens when it is first asked for its threading, which Redirect does once it has seen that no body is being read.</summary>
    private sealed class Next(Action meanwhile) : Processor
    {
        private Action? _meanwhile = meanwhile;

        protected override Threading DispatchThreading
        {
            get
            {
                Interlocked.Exchange(ref _meanwhile, null)?.Invoke();
                return Threading.Inline;
            }
        }

        protected override HeaderCodec DispatchHeader => MessageHeader.Codec;

        protected override void DispatchOpened(Peer peer)
        {
        }

        protected override void DispatchClosed(Peer peer, CloseReason reason)
        {
        }

        protected override int DispatchReceived(Peer peer, ReadOnlyMemory<byte> received) => received.Length;
    }
}
