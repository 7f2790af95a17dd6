using System.Net.WebSockets;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Transports.Memory;

namespace QContinuum.Runtime.Tests.Transports;

/// <summary>By the bridge that docs/servers.md shows. The sockets are .NET's, at both ends of a stream.</summary>
public sealed class A_WebSocket_carries_frames : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _servers = [];
    private readonly List<Task> _bridges = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (IAsyncDisposable server in _servers)
        {
            await server.DisposeAsync().Guarded();
        }

        await Task.WhenAll(_bridges).Guarded();
    }

    [Theory, EachThreading]
    public async Task One_a_message(Threading threading)
    {
        using WebSocket client = await ConnectAsync(new Script().Run(threading));
        byte[][] frames = [Frames.Move(1, 2, 3), Frames.Raw(), Frames.Raw(Frames.Pattern(200_000, seed: 1)), Frames.Chat("still here")];

        foreach (byte[] frame in frames)
        {
            await SendAsync(client, frame);
        }

        foreach (byte[] frame in frames)
        {
            Assert.Equal(frame, await ReceiveAsync(client));
        }
    }

    /// <summary>What others cannot be relied on to do is not asked of them.</summary>
    [Theory, EachThreading]
    public async Task Or_in_any_other_pieces(Threading threading)
    {
        using WebSocket client = await ConnectAsync(new Script().Run(threading));
        byte[] first = Frames.Raw(1, 2, 3);
        byte[] second = Frames.Move(4, 5, 6);
        byte[] both = [.. first, .. second];

        await SendAsync(client, both);
        foreach (byte one in both)
        {
            await SendAsync(client, [one]);
        }

        byte[][] expected = [first, second, first, second];
        foreach (byte[] frame in expected)
        {
            Assert.Equal(frame, await ReceiveAsync(client));
        }
    }

    /// <summary>Whoever connects by a WebSocket has a server of its own for the peer that speaks through it.</summary>
    [Theory, EachThreading]
    public async Task Between_two_peers(Threading threading)
    {
        Journal<Move> back = new();
        Script echo = new();
        Script asking = new()
        {
            OnOpened = static peer =>
            {
                peer.Send(new Move(1, 2, 3));
                return peer;
            },
            OnMove = (_, move) => back.Add(move),
        };
        (WebSocket here, WebSocket there) = Pair();
        await BridgeAsync(there, echo.Run(threading));
        await BridgeAsync(here, asking.Run(threading));

        Assert.Equal(new Move(1, 2, 3), await back.NextAsync());

        (await asking.Peers.NextAsync()).Close();
        Assert.Equal(CloseReason.Local, (await asking.Closings.NextAsync()).Reason);
        Assert.Equal(CloseReason.Remote, (await echo.Closings.NextAsync()).Reason);
    }

    [Theory, EachThreading]
    public async Task Until_the_client_closes(Threading threading)
    {
        Script script = new();
        using WebSocket client = await ConnectAsync(script.Run(threading));
        byte[] frame = Frames.Raw(1);

        await SendAsync(client, frame);
        await client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).Guarded();

        Assert.Equal(frame, await ReceiveAsync(client));
        await ExpectEndAsync(client);
        Assert.Equal(CloseReason.Remote, (await script.Closings.NextAsync()).Reason);
    }

    [Theory, EachThreading]
    public async Task Until_the_server_closes(Threading threading)
    {
        Script script = new()
        {
            OnMove = static (peer, move) =>
            {
                peer.Send(move);
                peer.Close();
            },
        };
        using WebSocket client = await ConnectAsync(script.Run(threading));
        byte[] frame = Frames.Move(1, 2, 3);

        await SendAsync(client, frame);

        Assert.Equal(frame, await ReceiveAsync(client));
        await ExpectEndAsync(client);
        await client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).Guarded();
        Assert.Equal(CloseReason.Local, (await script.Closings.NextAsync()).Reason);
    }

    [Theory, EachThreading]
    public async Task Or_one_of_them_breaks_off(Threading threading)
    {
        Script script = new();
        using WebSocket client = await ConnectAsync(script.Run(threading));
        Peer peer = await script.Peers.NextAsync();

        client.Abort();

        Assert.Equal(CloseReason.Reset, await peer.Completion.Guarded());
    }

    /// <summary>No frame is a text.</summary>
    [Theory, EachThreading]
    public async Task And_nothing_else(Threading threading)
    {
        Script script = new();
        using WebSocket client = await ConnectAsync(script.Run(threading));
        Peer peer = await script.Peers.NextAsync();

        await client.SendAsync("{}"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).Guarded();

        Assert.Equal(CloseReason.Reset, await peer.Completion.Guarded());
        await Assert.ThrowsAsync<WebSocketException>(() => ReceiveAsync(client));
    }

    /// <summary>What breaks the protocol is closed, as on every transport.</summary>
    [Theory, EachThreading]
    public async Task With_the_bounds_of_every_transport(Threading threading)
    {
        Script script = new();
        using WebSocket client = await ConnectAsync(script.Run(threading));

        await SendAsync(client, Frames.Header(int.MaxValue, 5));

        await ExpectEndAsync(client);
        Assert.Equal(CloseReason.TooLong, (await script.Closings.NextAsync()).Reason);
    }

    /// <summary>A server that speaks another header than the bridge must not have it wait for a frame that has no end.</summary>
    [Theory, EachThreading]
    public async Task And_not_what_is_no_frame(Threading threading)
    {
        Script script = new() { OnMove = static (peer, _) => peer.SendFramed(Frames.Header(-1, 5)) };
        using WebSocket client = await ConnectAsync(script.Run(threading));
        Peer peer = await script.Peers.NextAsync();

        await SendAsync(client, Frames.Move(1, 2, 3));

        Assert.Equal(CloseReason.Reset, await peer.Completion.Guarded());
        await Assert.ThrowsAsync<WebSocketException>(() => ReceiveAsync(client));
    }

    private static (WebSocket Client, WebSocket Server) Pair()
    {
        MemoryEnd.CreatePair(out MemoryEnd here, out MemoryEnd there);
        return (WebSocket.CreateFromStream(new MemoryClientStream(here), new WebSocketCreationOptions { IsServer = false }),
            WebSocket.CreateFromStream(new MemoryClientStream(there), new WebSocketCreationOptions { IsServer = true }));
    }

    private static Task SendAsync(WebSocket client, byte[] message)
        => client.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None).Guarded();

    private static async Task<byte[]> ReceiveAsync(WebSocket client)
    {
        byte[] piece = new byte[1000];
        using MemoryStream message = new();
        ValueWebSocketReceiveResult received;
        do
        {
            received = await client.ReceiveAsync(piece.AsMemory(), CancellationToken.None).Guarded();
            Assert.Equal(WebSocketMessageType.Binary, received.MessageType);
            message.Write(piece, 0, received.Count);
        }
        while (!received.EndOfMessage);

        return message.ToArray();
    }

    private static async Task ExpectEndAsync(WebSocket client)
    {
        Assert.Equal(WebSocketMessageType.Close, (await client.ReceiveAsync(new Memory<byte>(new byte[1]), CancellationToken.None).Guarded()).MessageType);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, client.CloseStatus);
    }

    /// <summary>A client of bare messages.</summary>
    private async Task<WebSocket> ConnectAsync(Processor processor)
    {
        (WebSocket client, WebSocket server) = Pair();
        await BridgeAsync(server, processor);
        return client;
    }

    private async Task BridgeAsync(WebSocket socket, Processor processor)
    {
        PeerServer server = new(processor, new PeerServerOptions { Loops = 1, Peers = new PeerOptions { Log = static _ => { } } });
        _servers.Add(server);
        MemoryListener listener = server.ListenMemory();
        await server.StartAsync().Guarded();
        _bridges.Add(RunAsync(socket, listener));
    }

    private static async Task RunAsync(WebSocket socket, MemoryListener listener)
    {
        using (socket)
        {
            await WebSocketBridge.RunAsync(socket, listener, CancellationToken.None);
        }
    }
}
