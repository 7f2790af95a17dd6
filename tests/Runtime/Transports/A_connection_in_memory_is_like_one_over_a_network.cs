using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Transports;

public sealed class A_connection_in_memory_is_like_one_over_a_network
{
    [Theory, EachThreading]
    public async Task Messages_go_both_ways(Threading threading)
    {
        Journal<Move> back = new();
        Script asking = new() { OnMove = (_, move) => back.Add(move) };
        await using PeerServer server = new(new Script().Run(threading));
        MemoryListener listener = server.ListenMemory();
        await server.StartAsync();

        await using Peer peer = await listener.ConnectAsync(asking.Run(threading)).Guarded();
        for (int i = 0; i < 10_000; i++)
        {
            await peer.SendAsync(new Move(i, 2, 3)).Guarded();
        }

        for (int i = 0; i < 10_000; i++)
        {
            Assert.Equal(i, (await back.NextAsync()).Entity);
        }

        Assert.Equal(listener.ToString(), peer.RemoteEndPoint.ToString());
    }

    [Theory, EachThreading]
    public async Task A_client_of_bytes_is_answered_and_sees_the_end(Threading threading)
    {
        Script script = new();
        await using PeerServer server = new(script.Run(threading));
        MemoryListener listener = server.ListenMemory();
        await server.StartAsync();
        await using MemoryClientStream client = listener.OpenStream();
        byte[] frame = Frames.Raw(1, 2, 3);

        await client.WriteAsync(frame);
        byte[] answer = new byte[frame.Length];
        await client.ReadExactlyAsync(answer).Guarded();
        Assert.Equal(frame, answer);

        client.CompleteWriting();
        Assert.Equal(0, await client.ReadAsync(answer).Guarded());
        Assert.Equal(CloseReason.Remote, (await script.Closings.NextAsync()).Reason);
    }

    /// <summary>Whoever waits for bytes, or for room, while another thread closes the stream.</summary>
    [Fact]
    public async Task Its_end_ends_what_waits_on_it()
    {
        await using PeerServer server = new(new Script().Run(Threading.Inline));
        MemoryListener listener = server.ListenMemory();
        MemoryClientStream client = listener.OpenStream();
        Task reading = client.ReadAsync(new byte[1]).AsTask();
        Task writing = client.WriteAsync(new byte[1024 * 1024]).AsTask();
        Assert.False(reading.IsCompleted || writing.IsCompleted);

        await client.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => reading.Guarded());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => writing.Guarded());
    }

    [Theory, EachThreading]
    public async Task A_reset_is_seen(Threading threading)
    {
        Script script = new();
        await using PeerServer server = new(script.Run(threading));
        MemoryListener listener = server.ListenMemory();
        await server.StartAsync();
        await using MemoryClientStream client = listener.OpenStream();
        await script.Peers.NextAsync();

        client.Reset();

        Assert.Equal(CloseReason.Reset, (await script.Closings.NextAsync()).Reason);
    }

    [Fact]
    public async Task Who_connects_before_the_server_runs_waits()
    {
        Script script = new();
        await using PeerServer server = new(script.Run(Threading.Inline));
        MemoryListener listener = server.ListenMemory();
        await using MemoryClientStream client = listener.OpenStream();
        await client.WriteAsync(Frames.Raw(7));

        await server.StartAsync();

        byte[] answer = new byte[Frames.HeaderSize + 1];
        await client.ReadExactlyAsync(answer).Guarded();
        Assert.Equal(Frames.Raw(7), answer);
    }

    [Fact]
    public async Task Beyond_the_most_peers_clients_wait()
    {
        Script script = new();
        await using PeerServer server = new(script.Run(Threading.Inline), new PeerServerOptions { MaxPeers = 1 });
        MemoryListener listener = server.ListenMemory();
        await server.StartAsync();
        MemoryClientStream first = listener.OpenStream();
        await script.Peers.NextAsync();
        await using MemoryClientStream second = listener.OpenStream();
        await second.WriteAsync(Frames.Raw(7));

        await first.DisposeAsync();

        byte[] answer = new byte[Frames.HeaderSize + 1];
        await second.ReadExactlyAsync(answer).Guarded();
        Assert.Equal(Frames.Raw(7), answer);
    }

    /// <summary>However many come meanwhile: the clock stands, and so the pause lasts.</summary>
    [Fact]
    public async Task A_pause_counts_once()
    {
        Script script = new();
        await using PeerServer server = new(script.Run(Threading.Inline), new PeerServerOptions { Loops = 1, MaxPeers = 1, TimeProvider = new FakeTimeProvider() });
        MemoryListener listener = server.ListenMemory();
        await server.StartAsync();
        await using MemoryClientStream first = listener.OpenStream();
        await script.Peers.NextAsync();
        await using MemoryClientStream second = listener.OpenStream();
        await Guard.UntilAsync(() => server.Statistics.AcceptPauses == 1);

        await using MemoryClientStream third = listener.OpenStream();
        byte[] frame = Frames.Raw(7);
        await first.WriteAsync(frame);
        await first.ReadExactlyAsync(new byte[frame.Length]).Guarded();
        await first.WriteAsync(frame);
        await first.ReadExactlyAsync(new byte[frame.Length]).Guarded();

        Assert.Equal(1, server.Statistics.AcceptPauses);
    }

    [Fact]
    public async Task After_its_end_nothing_can_be_written()
    {
        await using PeerServer server = new(new Script().Run(Threading.Inline));
        MemoryListener listener = server.ListenMemory();
        await server.StartAsync();
        MemoryClientStream stream = listener.OpenStream();
        await stream.WriteAsync(Frames.Raw(7));

        stream.CompleteWriting();

        await Assert.ThrowsAsync<InvalidOperationException>(() => stream.WriteAsync(Frames.Raw(8)).AsTask());
        byte[] answer = new byte[Frames.HeaderSize + 1];
        await stream.ReadExactlyAsync(answer).Guarded();
        await stream.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => stream.WriteAsync(Frames.Raw(8)).AsTask());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => stream.ReadAsync(answer).AsTask());
    }

    [Fact]
    public async Task After_its_end_it_cannot_be_ended_again()
    {
        await using PeerServer server = new(new Script().Run(Threading.Inline));
        MemoryListener listener = server.ListenMemory();
        await server.StartAsync();
        MemoryClientStream stream = listener.OpenStream();
        stream.CompleteWriting();
        stream.CompleteWriting();

        await stream.DisposeAsync();

        Assert.Throws<ObjectDisposedException>(stream.CompleteWriting);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => stream.WriteAsync(ReadOnlyMemory<byte>.Empty).AsTask());
    }

    /// <summary>Nothing of it is written or read.</summary>
    [Fact]
    public async Task What_was_cancelled_before_it_began_does_nothing()
    {
        Script script = new();
        await using PeerServer server = new(script.Run(Threading.Inline));
        MemoryListener listener = server.ListenMemory();
        await server.StartAsync();
        await using MemoryClientStream stream = listener.OpenStream();
        await stream.WriteAsync(Frames.Raw(7));
        byte[] answer = new byte[Frames.HeaderSize + 1];
        CancellationToken cancelled = new(canceled: true);

        await Assert.ThrowsAsync<OperationCanceledException>(() => stream.WriteAsync(Frames.Raw(8), cancelled).AsTask());
        await Assert.ThrowsAsync<OperationCanceledException>(() => stream.ReadAsync(answer, cancelled).AsTask());

        stream.CompleteWriting();
        await stream.ReadExactlyAsync(answer).Guarded();
        Assert.Equal(Frames.Raw(7), answer);
        Assert.Equal(0, await stream.ReadAsync(answer).Guarded());
    }

    /// <summary>As with a socket: that is how somebody waits who wants no memory meanwhile.</summary>
    [Fact]
    public async Task A_read_of_no_bytes_waits_for_some()
    {
        Script script = new();
        await using PeerServer server = new(script.Run(Threading.Inline));
        MemoryListener listener = server.ListenMemory();
        await server.StartAsync();
        await using MemoryClientStream stream = listener.OpenStream();
        Task<int> waiting = stream.ReadAsync(Memory<byte>.Empty).AsTask();
        await script.Peers.NextAsync();
        Assert.False(waiting.IsCompleted);

        await stream.WriteAsync(Frames.Raw(7));
        Assert.Equal(0, await waiting.Guarded());
        Assert.Equal(0, await stream.ReadAsync(Memory<byte>.Empty).Guarded());

        byte[] answer = new byte[Frames.HeaderSize + 1];
        await stream.ReadExactlyAsync(answer).Guarded();
        Assert.Equal(Frames.Raw(7), answer);
    }

    [Fact]
    public async Task After_the_server_nobody_listens()
    {
        PeerServer server = new(new Script().Run(Threading.Inline));
        MemoryListener listener = server.ListenMemory();
        await server.StartAsync();
        await server.StopAsync();

        SocketException refused = Assert.Throws<SocketException>(() => listener.OpenStream());

        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
        await Assert.ThrowsAsync<SocketException>(() => listener.ConnectAsync(new Script().Run(Threading.Inline)).Guarded());
    }
}
