using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Order;

public sealed class What_outlives_the_lane_still_runs
{
    private static readonly byte[] Ask = Frames.Ask(1);

    /// <summary>A handler that is still running when the server gives up on it: its rest runs, and the peer ends as every peer does.</summary>
    [Theory, EachLine]
    public async Task A_handler_that_ends_after_its_server(Transport transport, Threading threading)
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var resumed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var script = new Script
        {
            OnAsk = async (_, _) =>
            {
                entered.SetResult();
                await release.Task;
                resumed.SetResult();
            },
        };
        var impatient = new PeerServerOptions { Loops = 1, DrainTimeout = TimeSpan.Zero, ClosedPatience = TimeSpan.FromMilliseconds(50) };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), impatient);
        using RawClient client = await server.ConnectAsync();
        await client.SendAsync(Ask);
        Peer peer = await script.Peers.NextAsync();
        await entered.Task.Guarded();

        await server.Server.StopAsync().Guarded();
        release.SetResult();

        await resumed.Task.Guarded();
        Assert.Equal(CloseReason.Stopped, await peer.Completion.Guarded());
        Assert.Equal([(peer, CloseReason.Stopped)], script.Closings.All);
    }

    /// <summary>A client that connects again from what its last peer left behind.</summary>
    [Theory, EachLine]
    public async Task A_client_that_connects_again_after_its_last_peer(Transport transport, Threading threading)
    {
        await using TestServer server = await TestServer.StartAsync(transport, new Script { OnOpened = peer => { peer.Close(); return peer; } }.Run(Threading.Inline));
        var again = new TaskCompletionSource<Peer>(TaskCreationOptions.RunContinuationsAsynchronously);
        Processor? processor = null;
        int closed = 0;
        var script = new Script
        {
            OnClosed = (_, _) =>
            {
                if (Interlocked.Increment(ref closed) == 1)
                {
                    _ = ConnectAgainAsync();
                }
            },
        };
        processor = script.Run(threading);
        Peer first = await server.ConnectPeerAsync(processor).Guarded();
        await first.Completion.Guarded();

        Peer second = await again.Task.Guarded();
        await second.Completion.Guarded();
        Peer third = await server.ConnectPeerAsync(processor).Guarded();
        Assert.Equal(CloseReason.Remote, await third.Completion.Guarded());

        async Task ConnectAgainAsync()
        {
            await Task.Yield();
            again.SetResult(await server.ConnectPeerAsync(processor!));
        }
    }
}
