using QContinuum.Loops;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Requests;

/// <summary>A peer whose lane is held is read up to its high watermark. By default a message may be four times as long, and a reply reaches who awaits it all the same.</summary>
public sealed class A_reply_may_be_longer_than_what_is_kept
{
    private const int Size = 1024 * 1024;

    private static readonly PeerOptions Patient = new() { RequestTimeout = Timeout.InfiniteTimeSpan };
    private static readonly byte[] Event = [0, 0, 0, 4, 3, 0, 0, 0, 0, 0, 0, 0, 1];

    [Theory, EachLine]
    public async Task By_a_handler(Transport transport, Threading threading)
    {
        TaskCompletionSource<int> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestServer server = await StartAsync(transport, threading, async peer =>
        {
            using Owned<WideReply> reply = await peer.RequestAsync(new WideAsk(1));
            answered.TrySetResult(reply.Value.Data.Length);
        });
        using RawClient client = await server.ConnectAsync();
        await client.SendAsync(Event);

        await AnswerAsync(client, await client.ReceiveAsync(13), 0);

        Assert.Equal(Size, await answered.Task.Guarded());
    }

    /// <summary>What is before the reply is kept, as much of it as fits; the reply is longer by itself.</summary>
    [Theory, EachLine]
    public async Task By_a_handler_behind_much_else(Transport transport, Threading threading)
    {
        TaskCompletionSource<int> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int events = 0;
        await using TestServer server = await StartAsync(transport, threading, async peer =>
        {
            if (events++ == 0)
            {
                using Owned<WideReply> reply = await peer.RequestAsync(new WideAsk(1));
                answered.TrySetResult(reply.Value.Data.Length);
            }
        });
        using RawClient client = await server.ConnectAsync();
        await client.SendAsync(Event);

        await AnswerAsync(client, await client.ReceiveAsync(13), before: 200 * 1024 / Event.Length);

        Assert.Equal(Size, await answered.Task.Guarded());
    }

    /// <summary>The one after another of handlers that were kept already, so that nothing was read in between.</summary>
    [Theory, EachLine]
    public async Task By_one_handler_after_another(Transport transport, Threading threading)
    {
        Journal<int> answered = new();
        await using TestServer server = await StartAsync(transport, threading, async peer =>
        {
            using Owned<WideReply> reply = await peer.RequestAsync(new WideAsk(1));
            answered.Add(reply.Value.Data.Length);
        });
        using RawClient client = await server.ConnectAsync();
        await client.SendAsync(Frames.Join(Event, Event, Event));
        for (int i = 0; i < 3; i++)
        {
            await AnswerAsync(client, await client.ReceiveAsync(13), 0);

            Assert.Equal(Size, await answered.NextAsync());
        }
    }

    [Theory, EachTransport]
    public async Task By_who_reads_by_hand(Transport transport)
    {
        await using TestServer server = await TestServer.StartAsync(transport, new PullProcessor<WideHeader>(), new PeerServerOptions { Peers = Patient });
        Task<Peer> accepting = server.Server.AcceptAsync();
        using RawClient client = await server.ConnectAsync();
        Peer peer = await accepting.Guarded();
        await client.SendAsync(Event);
        await using IAsyncEnumerator<ReceivedFrame> reading = peer.ReadAllAsync().GetAsyncEnumerator();
        Assert.True(await reading.MoveNextAsync().Guarded());
        Task<Owned<WideReply>> asked = peer.RequestAsync(new WideAsk(1)).AsTask();

        await AnswerAsync(client, await client.ReceiveAsync(13), 0);

        using Owned<WideReply> reply = await asked.Guarded();
        Assert.Equal(Size, reply.Value.Data.Length);
        client.Dispose();
        Assert.False(await reading.MoveNextAsync().Guarded());
    }

    /// <summary>Nobody is to fill the memory with messages for whom a reply is awaited: behind what is kept comes one message at most.</summary>
    [Theory, EachLine]
    public async Task But_no_more_than_one_message_longer(Transport transport, Threading threading)
    {
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestServer server = await StartAsync(transport, threading, async peer =>
        {
            Task<Owned<WideReply>> asked = peer.RequestAsync(new WideAsk(1)).AsTask();
            await go.Task;
        });
        Task<Peer> accepting = server.Server.AcceptAsync();
        using RawClient client = await server.ConnectAsync();
        Peer peer = await accepting.Guarded();
        await client.SendAsync(Event);
        await client.ReceiveAsync(13);
        byte[] other = [0, Size >> 16, 0, 0, 2, 0, 0, 0, 77, .. new byte[Size]];
        Task sending = Task.Run(async () =>
        {
            while (true)
            {
                await client.SendAsync(other);
            }
        });

        await Guard.UntilAsync(() => peer.CommittedBytes > Size);
        EventLoop loop = (await peer.ConnectionAsync()).Loop;
        for (int i = 0; i < 50; i++)
        {
            await loop.TurnAsync();
        }

        Assert.InRange(peer.Statistics.BytesReceived, Size, 2 * Size);
        client.Dispose();
        await Assert.ThrowsAnyAsync<Exception>(() => sending.Guarded());
        go.SetResult();
    }

    private static Task<TestServer> StartAsync(Transport transport, Threading threading, Func<Peer, ValueTask> onEvent)
        => TestServer.StartAsync(
            transport,
            threading == Threading.Inline ? new InlineWideAsker { OnEvent = onEvent } : new QueuedWideAsker { OnEvent = onEvent },
            new PeerServerOptions { Loops = 1, Peers = Patient });

    private static Task AnswerAsync(RawClient client, byte[] ask, int before)
        => client.SendAsync(Frames.Join([.. Enumerable.Repeat(Event, before), [0, Size >> 16, 0, 0, 2, .. ask[5..9]], new byte[Size]]));
}
