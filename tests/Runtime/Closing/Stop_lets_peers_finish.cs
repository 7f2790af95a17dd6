using System.Net.Sockets;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Closing;

public sealed class Stop_lets_peers_finish
{
    // Twice of it, once for the listeners and once for the peers, is less than any deadline of a peer.
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(4);

    /// <summary>Requests are under way the whole time: whatever was handled is answered whole, then comes the end, not a reset.</summary>
    [Theory, EachLine]
    public async Task What_was_handled_is_answered_whole(Transport transport, Threading threading)
    {
        byte[] frame = Frames.Raw(Frames.Pattern(1000, seed: 1));
        int handled = 0;
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var script = new Script
        {
            OnRaw = (peer, raw) =>
            {
                peer.Send(raw);
                if (Interlocked.Increment(ref handled) == 100)
                {
                    first.SetResult();
                }
            },
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();
        Peer peer = await script.Peers.NextAsync();

        Task sending = client.SendAsync(Frames.Join(Enumerable.Repeat(frame, 2000)));
        await first.Task.Guarded();
        Task stopping = server.Server.StopAsync();

        byte[] answers = await client.ReceiveToEndAsync();
        await sending;
        client.Dispose();
        await stopping.Guarded();

        Assert.Equal(CloseReason.Stopped, await peer.Completion.Guarded());
        Assert.Equal([(peer, CloseReason.Stopped)], script.Closings.All);
        Assert.Equal(Volatile.Read(ref handled) * frame.Length, answers.Length);
        Assert.Equal(Frames.Join(Enumerable.Repeat(frame, handled)), answers);
        Assert.Equal(0, server.Server.PeerCount);
    }

    [Theory, EachLine]
    public async Task A_handler_that_waits_is_waited_for(Transport transport, Threading threading)
    {
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var script = new Script
        {
            OnAsk = async (peer, ask) =>
            {
                began.SetResult();
                await gate.Task;
                peer.Send(ask);
            },
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();
        await client.SendAsync(Frames.Ask(1));
        await began.Task.Guarded();

        Task stopping = server.Server.StopAsync();
        gate.SetResult();

        Assert.Equal(Frames.Ask(1), await client.ReceiveToEndAsync());
        client.Dispose();
        await stopping.Guarded();
        Assert.Equal(CloseReason.Stopped, (await script.Closings.NextAsync()).Reason);
    }

    [Theory, EachLine]
    public async Task A_peer_that_never_closes_is_reset_after_the_drain_timeout(Transport transport, Threading threading)
    {
        var script = new Script();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), Drains(new ClockThatJumps(Drain)));
        using RawClient client = await server.ConnectAsync();
        await client.ExpectEchoAsync(Frames.Raw(1));

        await server.Server.StopAsync().Guarded();

        Assert.Equal(CloseReason.Stopped, await (await script.Peers.NextAsync()).Completion.Guarded());
        Assert.Single(script.Closings.All);
    }

    [Theory, EachLine]
    public async Task A_peer_that_never_reads_is_reset_after_the_drain_timeout(Transport transport, Threading threading)
    {
        var script = new Script();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), Drains(new ClockThatJumps(Drain)));
        using RawClient client = await server.ConnectAsync(receiveBuffer: 64 * 1024);
        Peer peer = await script.Peers.NextAsync();
        byte[] data = Frames.Pattern(16 * 1024, seed: 1);
        for (int sent = 0; peer.Send(new Raw(data)) == SendResult.Sent; sent++)
        {
            Assert.InRange(sent, 0, 4000);
            await server.SettleAsync();
        }

        await server.Server.StopAsync().Guarded();

        Assert.Equal(CloseReason.Stopped, await peer.Completion.Guarded());
    }

    /// <summary>A token stands for "at once", whatever the drain timeout is.</summary>
    [Theory, EachLine]
    public async Task A_cancelled_stop_resets_what_is_left(Transport transport, Threading threading)
    {
        var script = new Script();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), new PeerServerOptions { Loops = 1, DrainTimeout = TimeSpan.FromHours(1) });
        using RawClient client = await server.ConnectAsync();
        await client.ExpectEchoAsync(Frames.Raw(1));

        await server.Server.StopAsync(new CancellationToken(canceled: true)).Guarded();

        Assert.Equal(CloseReason.Stopped, await (await script.Peers.NextAsync()).Completion.Guarded());
    }

    [Theory, EachLine]
    public async Task Stopping_again_is_harmless(Transport transport, Threading threading)
    {
        var script = new Script();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), Drains(new ClockThatJumps(Drain)));
        using RawClient client = await server.ConnectAsync();
        await client.ExpectEchoAsync(Frames.Raw(1));

        await Task.WhenAll(server.Server.StopAsync(), server.Server.StopAsync()).Guarded();
        await server.Server.StopAsync().Guarded();
        await server.Server.DisposeAsync().Guarded();
        await server.Server.DisposeAsync().Guarded();

        Assert.Single(script.Closings.All);
    }

    [Theory, EachLine]
    public async Task Nobody_is_accepted_any_more(Transport transport, Threading threading)
    {
        await using TestServer server = await TestServer.StartAsync(transport, new Script().Run(threading));
        await server.Server.StopAsync().Guarded();

        SocketException refused = await Assert.ThrowsAsync<SocketException>(() => server.ConnectAsync());

        // Of a unix domain socket not even the file is left.
        Assert.Equal(transport == Transport.Unix ? SocketError.AddressNotAvailable : SocketError.ConnectionRefused, refused.SocketErrorCode);
    }

    /// <summary>Accepted a moment ago, perhaps not yet watched by its loop: the stop reaches it all the same, long before the drain timeout.</summary>
    [Theory, EachLine]
    public async Task A_peer_that_has_just_connected_is_stopped_as_well(Transport transport, Threading threading)
    {
        for (int i = 0; i < 50; i++)
        {
            var script = new Script();
            await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), new PeerServerOptions { Loops = 2, DrainTimeout = TimeSpan.FromHours(1) });
            RawClient[] clients = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => server.ConnectAsync()));

            Task stopping = server.Server.StopAsync();
            await Task.WhenAll(clients.Select(client => client.EndedAsync()));
            Array.ForEach(clients, client => client.Dispose());
            await stopping.Guarded();

            Assert.Equal(script.Peers.All.Count, script.Closings.All.Count);
            Assert.All(script.Closings.All, closing => Assert.Equal(CloseReason.Stopped, closing.Reason));
        }
    }

    [Theory, EachLine]
    public async Task A_server_that_was_never_started_stops_as_well(Transport transport, Threading threading)
    {
        await using var server = new PeerServer(new Script().Run(threading));
        using Line line = Line.Listen(transport, server);
        await server.StopAsync().Guarded();
    }

    /// <summary>The time that it has is that of the server's clock.</summary>
    [Theory, EachLine]
    public async Task The_drain_timeout_is_by_the_clock_of_the_server(Transport transport, Threading threading)
    {
        ClockThatJumps clock = new(Drain);
        TaskCompletionSource never = new();
        Script script = new() { OnAsk = async (peer, _) => await never.Task.WaitAsync(peer.Aborted) };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), Drains(clock));
        using RawClient client = await server.ConnectAsync();
        await client.SendAsync(Frames.Join(Frames.Raw(1), Frames.Ask(1)));
        Assert.Equal(Frames.Raw(1), await client.ReceiveAsync(Frames.HeaderSize + 1));

        await server.Server.StopAsync().Guarded();

        // Whoever waits for a handler by itself does so for half a minute.
        Assert.InRange(clock.GetUtcNow() - clock.Start, Drain, TimeSpan.FromSeconds(20));
        Assert.Equal(CloseReason.Stopped, (await script.Closings.NextAsync()).Reason);
    }

    /// <summary>Stops for so long by a clock, which jumps there.</summary>
    private static PeerServerOptions Drains(ClockThatJumps clock) => new() { Loops = 1, TimeProvider = clock, DrainTimeout = Drain };
}
