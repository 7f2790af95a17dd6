using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Sending;

public sealed class A_peer_that_never_reads_is_bounded
{
    private const int SendLimit = 1024 * 1024;
    private const int Body = 16 * 1024;

    /// <summary>More than the kernel can hold for a connection, on top of what the runtime may.</summary>
    private const int Beyond = 64 * 1024 * 1024;

    private static readonly PeerServerOptions Small = new()
    {
        Loops = 1,
        Peers = new PeerOptions { HighWatermark = 128 * 1024, LowWatermark = 32 * 1024, SendLimit = SendLimit },
    };

    [Theory, EachLine]
    public async Task It_is_closed_by_Overflow(Transport transport, Threading threading)
    {
        var script = new Script();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), Small);
        using RawClient client = await server.ConnectAsync(receiveBuffer: 64 * 1024);
        Peer peer = await script.Peers.NextAsync();

        byte[] data = Frames.Pattern(Body, seed: 1);
        bool congested = false;
        long queued = 0;
        SendResult result;
        while ((result = peer.Send(new Raw(data))) is SendResult.Sent or SendResult.Congested && queued < Beyond)
        {
            congested |= result == SendResult.Congested;
            queued += Body;
        }

        Assert.Equal(SendResult.Overflow, result);
        Assert.True(congested, "the sender was never told that the peer is congested");
        Assert.Equal(CloseReason.Overflow, await peer.Completion.Guarded());
        Assert.Equal([(peer, CloseReason.Overflow)], script.Closings.All);
        Assert.Contains(nameof(CloseReason.Overflow), await server.Log.NextAsync(), StringComparison.Ordinal);
        Assert.Equal(SendResult.Closed, peer.Send(new Raw(data)));
    }

    [Theory, EachLine]
    public async Task SendAsync_completes_once_it_reads_again(Transport transport, Threading threading)
    {
        var script = new Script();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), Small);
        using RawClient client = await server.ConnectAsync(receiveBuffer: 64 * 1024);
        Peer peer = await script.Peers.NextAsync();

        byte[] data = Frames.Pattern(Body, seed: 2);
        int sent = await FillAsync(server, peer, data);
        Task<SendResult> sending = peer.SendAsync(new Raw(data)).AsTask();
        await server.SettleAsync();
        Assert.False(sending.IsCompleted);

        byte[] frame = Frames.Raw(data);
        for (int i = 0; i <= sent; i++)
        {
            Assert.Equal(frame, await client.ReceiveAsync(frame.Length));
        }

        Assert.Equal(SendResult.Sent, await sending.Guarded());
        Assert.Equal(SendResult.Sent, peer.Send(new Raw(data)));
        Assert.Equal(frame, await client.ReceiveAsync(frame.Length));
    }

    /// <summary>Who does not wait any longer has sent all the same.</summary>
    [Theory, EachLine]
    public async Task SendAsync_need_not_be_waited_for(Transport transport, Threading threading)
    {
        var script = new Script();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), Small);
        using RawClient client = await server.ConnectAsync(receiveBuffer: 64 * 1024);
        Peer peer = await script.Peers.NextAsync();
        using CancellationTokenSource patience = new();
        byte[] data = Frames.Pattern(Body, seed: 4);
        int sent = await FillAsync(server, peer, data);
        Task<SendResult> given = peer.SendAsync(new Raw(data), patience.Token).AsTask();
        Task<SendResult> kept = peer.SendAsync(new Raw(data), CancellationToken.None).AsTask();
        Assert.False(given.IsCompleted);

        await patience.CancelAsync();
        OperationCanceledException canceled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given.Guarded());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => peer.SendAsync(new Raw(data), patience.Token).AsTask().Guarded());

        Assert.Equal(patience.Token, canceled.CancellationToken);
        Assert.False(kept.IsCompleted);
        byte[] frame = Frames.Raw(data);
        for (int i = 0; i < sent + 3; i++)
        {
            Assert.Equal(frame, await client.ReceiveAsync(frame.Length));
        }

        Assert.Equal(SendResult.Sent, await kept.Guarded());
        Assert.Equal(CloseReason.None, peer.Reason);
    }

    /// <summary>A waiting sender learns that the peer has gone.</summary>
    [Theory, EachLine]
    public async Task SendAsync_ends_when_the_peer_does(Transport transport, Threading threading)
    {
        var script = new Script();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), Small);
        using RawClient client = await server.ConnectAsync(receiveBuffer: 64 * 1024);
        Peer peer = await script.Peers.NextAsync();

        byte[] data = Frames.Pattern(Body, seed: 3);
        await FillAsync(server, peer, data);
        Task<SendResult> sending = peer.SendAsync(new Raw(data)).AsTask();
        client.Reset();

        Assert.Equal(SendResult.Closed, await sending.Guarded());
        Assert.Equal(CloseReason.Reset, await peer.Completion.Guarded());
    }

    /// <summary>Its requests are no longer read either; once it reads, every answer comes.</summary>
    [Theory, EachLine]
    public async Task It_is_not_read_and_nothing_is_lost(Transport transport, Threading threading)
    {
        var script = new Script();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), Small);
        using RawClient client = await server.ConnectAsync(receiveBuffer: 64 * 1024);

        byte[] flood = Frames.Join(Enumerable.Range(0, Beyond / Body).Select(i => Frames.Raw(Frames.Pattern(Body, i))));
        int accepted = await Flood.UntilRefusedAsync(client, flood, server.SettleAsync);
        Assert.InRange(accepted, 1, flood.Length - 1);

        Task sending = client.SendAsync(flood.AsMemory(accepted));
        byte[] answers = await client.ReceiveAsync(flood.Length);
        await sending;

        Assert.True(answers.AsSpan().SequenceEqual(flood));
        Assert.Empty(script.Closings.All);
    }

    /// <summary>Sends until the peer is congested, and so much more that it stays so, though the kernel may find some more room.</summary>
    /// <returns>Messages sent.</returns>
    private static async Task<int> FillAsync(TestServer server, Peer peer, byte[] data)
    {
        const int More = 8;
        int sent = 0;
        for (int congested = 0; congested < More; sent++)
        {
            Assert.InRange(sent, 0, Beyond / Body);
            congested = peer.Send(new Raw(data)) == SendResult.Congested ? congested + 1 : 0;
            await server.SettleAsync();
        }

        return sent;
    }
}
