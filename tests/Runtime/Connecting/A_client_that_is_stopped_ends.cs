using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Connecting;

public sealed class A_client_that_is_stopped_ends
{
    [Fact]
    public async Task Before_it_was_started()
    {
        await using TimedClient timed = await TimedClient.CreateAsync();
        Assert.Equal(PeerClientState.Idle, timed.Client.State);
        Task<Peer> awaited = timed.Client.ConnectedAsync();

        await timed.Client.StopAsync().Guarded();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => awaited.Guarded());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => timed.Client.StartAsync().Guarded());
        Assert.Equal(PeerClientState.Stopped, timed.Client.State);
        Assert.Empty(timed.Attempts.All);
    }

    [Fact]
    public async Task In_the_middle_of_an_attempt()
    {
        await using TimedClient timed = await TimedClient.CreateAsync(attempt: static async (_, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return null!;
        });
        Task<Peer> connecting = timed.Client.StartAsync();
        await timed.Attempts.NextAsync();

        await timed.Client.StopAsync().Guarded();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => connecting.Guarded());
        Assert.Equal(PeerClientState.Stopped, timed.Client.State);
    }

    /// <summary>What connects does not heed its token, and has a connection a moment later: it is closed, and nobody is told of it.</summary>
    [Fact]
    public async Task Before_a_connection_that_comes_too_late()
    {
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TimedClient timed = await TimedClient.CreateAsync(attempt: async (client, _) =>
        {
            await go.Task;
            return await client.AttemptAsync(CancellationToken.None);
        });
        timed.IsLetIn = true;
        Task<Peer> connecting = timed.Client.StartAsync();
        await timed.Attempts.NextAsync();

        Task stopping = timed.Client.StopAsync();
        go.SetResult();
        await stopping.Guarded();

        Assert.Equal([CloseReason.Local], timed.Script.Closings.All.Select(static closing => closing.Reason));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => connecting.Guarded());
        await timed.ExpectAsync(PeerClientState.Connecting);
        await timed.ExpectAsync(PeerClientState.Stopped);
        Assert.Equal(2, timed.Changes.All.Count);
    }

    /// <summary>It is waited for, but not for ever; what it makes after that is closed.</summary>
    [Fact]
    public async Task In_an_attempt_that_does_not()
    {
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TimedClient timed = await TimedClient.CreateAsync(attempt: async (client, _) =>
        {
            await go.Task;
            return await client.AttemptAsync(CancellationToken.None);
        });
        timed.IsLetIn = true;
        Task<Peer> connecting = timed.Client.StartAsync();
        await timed.Attempts.NextAsync();
        DateTimeOffset began = timed.Clock.GetUtcNow();

        Task stopping = timed.Client.StopAsync();
        await Guard.UntilAsync(() =>
        {
            timed.Clock.Advance(TimeSpan.FromSeconds(1));
            return stopping.IsCompleted;
        });

        Assert.InRange(timed.Clock.GetUtcNow() - began, TimeSpan.FromSeconds(40), TimeSpan.MaxValue);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => connecting.Guarded());
        Assert.Equal(PeerClientState.Stopped, timed.Client.State);
        go.SetResult();
        Assert.Equal(CloseReason.Local, (await timed.Script.Closings.NextAsync()).Reason);
    }

    [Fact]
    public async Task While_it_waits()
    {
        await using TimedClient timed = await TimedClient.CreateAsync();
        Task<Peer> connecting = timed.Client.StartAsync();
        await timed.ExpectFailureAsync();

        await timed.Client.StopAsync().Guarded();
        timed.Clock.Advance(TimeSpan.FromDays(1));

        await Assert.ThrowsAsync<ObjectDisposedException>(() => connecting.Guarded());
        Assert.Single(timed.Attempts.All);
        Assert.Null((await timed.ExpectAsync(PeerClientState.Stopped)).Error);
    }

    /// <summary>In order: what is queued is written first.</summary>
    [Theory, EachThreading]
    public async Task While_it_is_connected(Threading threading)
    {
        var arrived = new Journal<int>();
        var serving = new Script { OnMove = (_, move) => arrived.Add(move.Entity) };
        await using TestServer server = await TestServer.StartAsync(serving.Run(threading));
        var script = new Script();
        var client = PeerClient.Tcp(server.EndPoint.ToString(), script.Run(threading));
        Peer peer = await client.StartAsync().Guarded();
        Assert.All(Enumerable.Range(0, 1000), number => Assert.Equal(SendResult.Sent, client.Send(new Move(number, 0, 0))));

        await client.StopAsync().Guarded();

        Assert.Equal([(peer, CloseReason.Local)], script.Closings.All);
        Assert.Null(client.Peer);
        Assert.Equal(SendResult.Closed, client.Send(new Move(0, 0, 0)));
        Assert.Equal(Enumerable.Range(0, 1000), await arrived.NextAsync(1000));
    }

    /// <summary>Also where an attempt, a connection or its loss is just under way: what was opened has been closed when the client has stopped.</summary>
    [Theory, EachThreading]
    public async Task At_any_moment(Threading threading)
    {
        const int Seed = 41;
        Random random = new(Seed);
        int accepted = 0;
        var serving = new Script
        {
            OnOpened = peer =>
            {
                if (Interlocked.Increment(ref accepted) % 3 == 0)
                {
                    peer.Abort();
                }

                return peer;
            },
        };
        await using PeerServer server = new(serving.Run(Threading.Inline));
        MemoryListener listener = server.ListenMemory();
        await server.StartAsync();
        var options = new PeerClientOptions { FirstDelay = TimeSpan.FromMilliseconds(1), Peers = new PeerOptions { Log = static _ => { } } };
        for (int round = 0; round < 300; round++)
        {
            var script = new Script();
            Processor processor = script.Run(threading);
            var client = new PeerClient(token => listener.ConnectAsync(processor, options.Peers, token), options);
            Task<Peer> started = client.StartAsync();
            Thread.SpinWait(random.Next(50_000));

            await client.StopAsync().Guarded();

            Assert.Equal(script.Peers.All, script.Closings.All.Select(static closing => closing.Peer));
            Assert.Equal((PeerClientState.Stopped, null), (client.State, client.Peer));
            Assert.True(await Record.ExceptionAsync(() => started.Guarded()) is null or ObjectDisposedException);
        }
    }

    [Fact]
    public async Task Once_however_often_it_is_stopped()
    {
        await using TimedClient timed = await TimedClient.CreateAsync();
        timed.IsLetIn = true;
        await timed.Client.StartAsync().Guarded();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(timed.Client.StopAsync))).Guarded();

        await timed.ExpectConnectionAsync();
        await timed.ExpectAsync(PeerClientState.Stopped);
        Assert.Equal(3, timed.Changes.All.Count);
    }
}
