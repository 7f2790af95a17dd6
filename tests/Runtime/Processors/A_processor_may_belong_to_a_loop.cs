using System.Collections.Concurrent;
using System.Net.Sockets;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Transports.Sockets;

namespace QContinuum.Runtime.Tests.Processors;

[Processor(Threading.PerLoop)]
public sealed partial class Room(ConcurrentBag<Room> rooms, Journal<string> seen)
{
    private int _messages;

    public int Thread { get; private set; }

    [Opened]
    private void Opened(Peer peer)
    {
        if (!rooms.Contains(this))
        {
            rooms.Add(this);
        }
    }

    [Handles]
    private void On(Peer peer, in Move move)
    {
        // No lock: nobody else touches it.
        _messages++;
        Thread = Environment.CurrentManagedThreadId;
        peer.Send(move with { Entity = _messages });
    }

    [Handles]
    private void On(Peer peer, Raw raw)
    {
        bool isSame = Thread == Environment.CurrentManagedThreadId;
        Post(() => seen.Add($"{isSame} {Thread == Environment.CurrentManagedThreadId}"));
    }
}

public sealed class A_processor_may_belong_to_a_loop
{
    [Fact]
    public async Task And_then_its_state_needs_no_lock()
    {
        const int Loops = 2, Clients = 8, Messages = 500;
        ConcurrentBag<Room> rooms = [];
        Journal<string> seen = new();
        await using PeerServer server = new(() => new Room(rooms, seen), new PeerServerOptions { Loops = Loops });
        Listener listener = server.ListenTcp("127.0.0.1:0");
        await server.StartAsync();

        int[] last = await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            using RawClient client = await RawClient.ConnectAsync(listener.EndPoint);
            byte[] move = Frames.Move(0, 1, 2);
            int entity = 0;
            for (int i = 0; i < Messages; i++)
            {
                await client.SendAsync(move);
                (_, byte[] body) = await client.ReceiveFrameAsync();
                entity = BitConverter.ToInt32(body);
            }

            await client.SendAsync(Frames.Raw(1));
            Assert.Equal("True True", await seen.NextAsync());
            return entity;
        }));

        Assert.Equal(Loops, rooms.Count);
        Assert.Equal(Loops, rooms.Select(static room => room.Thread).Distinct().Count());

        // Every message was counted once, by the one room or the other.
        Assert.InRange(last.Max(), Clients * Messages / Loops, Clients * Messages);
    }

    /// <summary>Its server has stopped, and the loop with it: what is posted then runs elsewhere, where there is no lane.</summary>
    [Fact]
    public async Task Which_it_outlives()
    {
        Journal<string> seen = new();
        Room room = new([], seen);
        await using (PeerServer server = new(room, new PeerServerOptions { Loops = 1 }))
        {
            await server.StartAsync().Guarded();
        }

        using IDisposable handler = room.On<string>(seen.Add);
        room.Post(() => seen.Add("posted"));
        room.Post(seen.Add, "with an argument");
        Assert.True(room.Raise("raised"));

        Assert.Equal(["posted", "with an argument", "raised"], await seen.NextAsync(3));
    }

    [Fact]
    public void One_for_many_loops_is_refused()
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(
            () => new PeerServer(new Room([], new Journal<string>()), new PeerServerOptions { Loops = 2 }));

        Assert.Contains("() => new Room()", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>The factory gave one to two loops: the server does not start, and its processor may have another one, which runs what was posted until then.</summary>
    [Fact]
    public async Task Though_not_to_one_of_a_server_that_did_not_start()
    {
        Journal<string> seen = new();
        Room room = new([], seen);
        room.Post(() => seen.Add("before"));
        await using PeerServer failed = new(() => room, new PeerServerOptions { Loops = 2 });
        await Assert.ThrowsAsync<InvalidOperationException>(() => failed.StartAsync());
        room.Post(() => seen.Add("after"));

        await using TestServer server = await TestServer.StartAsync(room);

        Assert.Equal(["before", "after"], await seen.NextAsync(2));
        using RawClient client = await server.ConnectAsync();
        await client.SendAsync(Frames.Move(0, 1, 2));
        Assert.Equal(Frames.Move(1, 1, 2), await client.ReceiveAsync(20));
    }

    [Fact]
    public async Task And_stops_though_its_server_did_not_start()
    {
        Journal<string> seen = new();
        Room room = new([], seen);
        await using PeerServer failed = new(() => room, new PeerServerOptions { Loops = 2 });
        await Assert.ThrowsAsync<InvalidOperationException>(() => failed.StartAsync());
        room.Post(() => seen.Add("posted"));

        await room.StopAsync().Guarded();

        Assert.Equal(["posted"], seen.All);
    }

    [Fact]
    public async Task One_for_one_loop_is_enough()
    {
        await using TestServer server = await TestServer.StartAsync(new Room([], new Journal<string>()));
        using RawClient client = await server.ConnectAsync();

        await client.SendAsync(Frames.Move(0, 1, 2));

        Assert.Equal(Frames.Move(1, 1, 2), await client.ReceiveAsync(20));
    }

    /// <summary>What is posted before it has a loop runs once it has.</summary>
    [Fact]
    public async Task What_is_posted_early_runs_late()
    {
        Journal<string> seen = new();
        Room room = new([], seen);
        room.Post(() => seen.Add("posted"));

        await using TestServer server = await TestServer.StartAsync(room);

        Assert.Equal("posted", await seen.NextAsync());
    }

    /// <summary>Whoever posts faster than the loop runs it is told, as with a pump.</summary>
    [Fact]
    public async Task What_is_posted_has_a_bound()
    {
        Room room = new([], new Journal<string>());
        await using TestServer server = await TestServer.StartAsync(room);
        using ManualResetEventSlim go = new();
        room.Post(go.Wait);
        try
        {
            InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() =>
            {
                for (int i = 0; i < 1_500_000; i++)
                {
                    room.Post(static () => { });
                }
            });
            Assert.Contains("faster than they run", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            go.Set();
        }

        using RawClient client = await server.ConnectAsync();
        await client.SendAsync(Frames.Move(0, 1, 2));
        Assert.Equal(Frames.Move(1, 1, 2), await client.ReceiveAsync(20));
    }

    [Fact]
    public async Task A_peer_of_another_loop_cannot_go_there()
    {
        Room elsewhere = new([], new Journal<string>());
        await using TestServer other = await TestServer.StartAsync(elsewhere);
        Script script = new();
        await using TestServer server = await TestServer.StartAsync(script.Run(Threading.Queued));
        using RawClient client = await server.ConnectAsync();
        Peer peer = await script.Peers.NextAsync();

        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => peer.Redirect(elsewhere));

        // It has a loop already: what to do is not to give a server a factory.
        Assert.Contains("another loop", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("factory", refused.Message, StringComparison.Ordinal);
        await client.ExpectEchoAsync(Frames.Raw(1));
    }

    /// <summary>There is no thread any more that could serve it.</summary>
    [Fact]
    public async Task And_ends_with_it()
    {
        Room room = new([], new Journal<string>());
        await using TestServer other = await TestServer.StartAsync(new Script().Run(Threading.Queued));
        await using (await TestServer.StartAsync(room))
        {
            await using Peer served = await Peer.ConnectTcpAsync(other.EndPoint, room).Guarded();
        }

        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Peer.ConnectTcpAsync(other.EndPoint, room)).Guarded();

        Assert.Contains("has ended", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>A peer that comes to the loop as it ends is closed, and whoever connects is told.</summary>
    [Fact]
    public async Task Also_while_a_peer_connects()
    {
        Room room = new([], new Journal<string>());
        await using TestServer other = await TestServer.StartAsync(new Script().Run(Threading.Queued));
        TestServer server = await TestServer.StartAsync(room);

        Task<Peer> connecting = Peer.ConnectAsync(
            other.EndPoint,
            (loop, owner, options, endpoint) =>
            {
                server.DisposeAsync().AsTask().GetAwaiter().GetResult();
                return SocketTransport.BeginConnect(loop, endpoint, owner, options);
            },
            room,
            new PeerOptions(),
            other.EndPoint,
            CancellationToken.None);

        await Assert.ThrowsAsync<SocketException>(() => connecting.Guarded());
    }
}
