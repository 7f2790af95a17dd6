using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Redirect;

/// <summary>A lane knows whether what runs is a call of its own, or may be the rest of a handler: only that answers a peer that is held.</summary>
public sealed class A_peer_that_leaves_a_lane_leaves_no_mark
{
    private static readonly PeerOptions Refusing = new()
    {
        HighWatermark = 128 * 1024, LowWatermark = 32 * 1024, SendLimit = 256 * 1024, WhenFull = OverflowPolicy.Refuse,
    };

    private static readonly byte[] Huge = new byte[257 * 1024];

    /// <summary>What runs next there is the rest of a handler: its answer, which finds no room, closes its peer.</summary>
    [Theory, EachTransport]
    public async Task On_the_one_that_it_leaves(Transport transport)
    {
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource<SendResult> sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Script here = new()
        {
            OnAsk = async (peer, _) =>
            {
                held.SetResult();
                await go.Task;
                sent.SetResult(peer.Send(new Raw(Huge)));
            },
        };
        Script there = new();
        await using TestServer server = await TestServer.StartAsync(transport, here.Run(Threading.Queued), new PeerServerOptions { Loops = 1, Peers = Refusing });
        using RawClient client = await server.ConnectAsync();
        Peer asker = await here.Peers.NextAsync();
        using RawClient other = await server.ConnectAsync();
        Peer moved = await here.Peers.NextAsync();
        await client.SendAsync(Frames.Ask(1));
        await held.Task.Guarded();

        Assert.True(moved.Redirect(there.Run(Threading.Queued)));
        await there.Peers.NextAsync();
        await other.ExpectEchoAsync(Frames.Raw(1));
        go.SetResult();

        Assert.Equal(SendResult.Overflow, await sent.Task.Guarded());
        Assert.Equal(CloseReason.Overflow, asker.Reason);
    }

    /// <summary>A handler that runs there meanwhile, and sends to a peer that is held, answers nobody.</summary>
    [Theory, EachTransport]
    public async Task On_the_one_that_it_goes_to(Transport transport)
    {
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource<SendResult> sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ManualResetEventSlim hasMoved = new();
        Peer? member = null;
        Script there = new()
        {
            OnAsk = async (_, _) =>
            {
                held.SetResult();
                await go.Task;
            },
            OnMove = (_, _) =>
            {
                begun.SetResult();
                hasMoved.Wait(20_000);
                sent.SetResult(member!.Send(new Raw(Huge)));
            },
        };
        Script here = new();
        Processor second = there.Run(Threading.Queued);
        Processor first = here.Run(Threading.Queued);
        await using TestServer server = await TestServer.StartAsync(transport, second, new PeerServerOptions { Loops = 1, Peers = Refusing });
        await using TestServer from = await TestServer.StartAsync(transport, first, new PeerServerOptions { Loops = 1, Peers = Refusing });
        using RawClient slow = await server.ConnectAsync();
        member = await there.Peers.NextAsync();
        using RawClient loud = await server.ConnectAsync();
        await there.Peers.NextAsync();
        using RawClient other = await from.ConnectAsync();
        Peer moved = await here.Peers.NextAsync();
        await slow.SendAsync(Frames.Ask(1));
        await held.Task.Guarded();
        await loud.SendAsync(Frames.Move(1, 2, 3));
        await begun.Task.Guarded();

        Assert.True(moved.Redirect(second));
        await Guard.UntilAsync(() => moved.Processor == second);
        TaskCompletionSource behind = new(TaskCreationOptions.RunContinuationsAsynchronously);
        first.Post(behind.SetResult);
        await behind.Task.Guarded();
        hasMoved.Set();

        SendResult result = await sent.Task.Guarded();
        go.SetResult();
        Assert.Equal(SendResult.Overflow, result);
        Assert.Equal(CloseReason.None, member.Reason);
        Assert.Equal(1, member.Statistics.Refused);
    }
}
