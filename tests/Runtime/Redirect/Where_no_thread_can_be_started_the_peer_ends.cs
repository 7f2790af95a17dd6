using QContinuum.Processors;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Redirect;

/// <summary>The system may have no thread for the pump of the next processor: that costs the peer, which has left the first, and nobody else.</summary>
public sealed class Where_no_thread_can_be_started_the_peer_ends
{
    [Theory, EachLine]
    public Task After_a_handler(Transport transport, Threading threading) => CheckAsync(transport, threading, static _ => default);

    [Theory, EachLine]
    public Task After_an_asynchronous_Closed(Transport transport, Threading threading)
        => CheckAsync(transport, threading, static async _ => await Task.Yield());

    private static async Task CheckAsync(Transport transport, Threading threading, Func<Peer, ValueTask> onClosing)
    {
        Journal<string> seen = new();
        Script none = new();
        QueuedScript next = new(none) { PumpHost = new NoThread() };
        TaskCompletionSource<Peer> moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Stage stage = new("old", seen)
        {
            OnMove = (peer, move) =>
            {
                if (move.Entity == 1)
                {
                    moved.SetResult(peer);
                    peer.Redirect(next);
                }
            },
            OnClosing = onClosing,
        };
        Processor old = stage.Run(threading);
        await using TestServer server = await TestServer.StartAsync(transport, old, new PeerServerOptions { Loops = 1 });
        using RawClient client = await server.ConnectAsync();
        Assert.Equal("old opened", await seen.NextAsync());

        await client.SendAsync(Frames.Join(Frames.Move(1, 0, 0), Frames.Move(2, 0, 0)));

        string[] expected = ["old 1", "old closed Redirected"];
        Assert.Equal(expected, await seen.NextAsync(2));
        Assert.Equal(CloseReason.HandlerFault, await (await moved.Task.Guarded()).Completion.Guarded());
        Assert.Contains("There is no thread.", await server.Log.NextAsync(), StringComparison.Ordinal);
        using RawClient other = await server.ConnectAsync();
        await other.SendAsync(Frames.Move(3, 0, 0));
        expected = ["old opened", "old 3"];
        Assert.Equal(expected, await seen.NextAsync(2));

        client.Dispose();
        other.Dispose();
        await server.Server.StopAsync().Guarded();
        Assert.Equal((0, 0), (old.PeerCount, next.PeerCount));
        Assert.Empty(none.Peers.All);
        await old.StopAsync().Guarded();
    }

    private sealed class NoThread : IPumpHost
    {
        public int Capacity => 64;

        public void Begin(Pump pump) => throw new InsufficientMemoryException("There is no thread.");
    }
}
