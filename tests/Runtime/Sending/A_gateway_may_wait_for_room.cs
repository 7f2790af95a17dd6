using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Sending;

/// <summary>What is passed on faster than it is taken waits where it came from: nothing is lost, and nobody is closed for it.</summary>
public sealed class A_gateway_may_wait_for_room
{
    private const int Frame = 32 * 1024;
    private const int Count = 600;

    /// <summary>Who only takes says nothing, however long that lasts.</summary>
    private static readonly PeerServerOptions Patient = new() { Loops = 2, Peers = new PeerOptions { FirstMessageTimeout = Timeout.InfiniteTimeSpan } };

    /// <summary>Four and a half times as much as may wait to be sent.</summary>
    [Theory, EachLine]
    public async Task And_loses_nothing(Transport transport, Threading threading)
    {
        IRelay relay = IRelay.Run(threading);
        await using TestServer server = await TestServer.StartAsync(transport, (Processor)relay, Patient);
        using RawClient taking = await server.ConnectAsync(receiveBuffer: 64 * 1024);
        Peer target = await relay.Peers.NextAsync();
        using RawClient giving = await server.ConnectAsync();
        Peer source = await relay.Peers.NextAsync();
        relay.Target = target;

        Task sending = giving.SendAsync(Frames.Join(Enumerable.Range(0, Count).Select(static i => Frames.Raw(Frames.Pattern(Frame, i)))));
        await relay.Waited.NextAsync();
        for (int i = 0; i < Count; i++)
        {
            Assert.Equal(Frames.Raw(Frames.Pattern(Frame, i)), await taking.ReceiveAsync(Frames.HeaderSize + Frame));
        }

        await sending.Guarded();
        Assert.Equal((CloseReason.None, CloseReason.None), (source.Reason, target.Reason));
    }

    /// <summary>Who waits for somebody who is gone goes on, and hears that from the next send.</summary>
    [Theory, EachLine]
    public async Task Until_the_other_has_gone(Transport transport, Threading threading)
    {
        IRelay relay = IRelay.Run(threading);
        await using TestServer server = await TestServer.StartAsync(transport, (Processor)relay, Patient);
        RawClient taking = await server.ConnectAsync(receiveBuffer: 64 * 1024);
        Peer target = await relay.Peers.NextAsync();
        using RawClient giving = await server.ConnectAsync();
        await relay.Peers.NextAsync();
        relay.Target = target;
        Task sending = giving.SendAsync(Frames.Join(Enumerable.Range(0, Count).Select(static i => Frames.Raw(Frames.Pattern(Frame, i)))));
        await relay.Waited.NextAsync();

        taking.Reset();

        await sending.Guarded();
        CloseReason reason = await target.Completion.Guarded();
        Assert.True(reason == CloseReason.Reset || (transport == Transport.Unix && reason == CloseReason.Remote), $"{reason}");
        Assert.Equal(SendResult.Closed, target.SendFramed(Frames.Raw(1)));
        await target.WaitForRoomAsync().AsTask().Guarded();
    }

    /// <summary>More waits than the system ever takes of it.</summary>
    [Theory, EachLine]
    public async Task Or_as_long_as_it_wants_to(Transport transport, Threading threading)
    {
        Script script = new();
        PeerServerOptions options = Patient with { Peers = Patient.Peers with { SendLimit = 2 * Count * Frame } };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), options);
        using RawClient client = await server.ConnectAsync(receiveBuffer: 64 * 1024);
        Peer peer = await script.Peers.NextAsync();
        byte[] frame = Frames.Raw(new byte[Frame]);
        for (int i = 0; i < Count; i++)
        {
            Assert.InRange(peer.SendFramed(frame), SendResult.Sent, SendResult.Congested);
        }

        using CancellationTokenSource enough = new();
        Task waiting = peer.WaitForRoomAsync(enough.Token).AsTask();
        Assert.False(waiting.IsCompleted);
        await enough.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.Guarded());
    }
}
