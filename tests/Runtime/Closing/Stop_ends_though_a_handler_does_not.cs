using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Closing;

public sealed class Stop_ends_though_a_handler_does_not
{
    private static readonly PeerServerOptions Impatient = new() { Loops = 1, DrainTimeout = TimeSpan.Zero, ClosedPatience = TimeSpan.FromMilliseconds(50) };

    /// <summary>And when it ends after all, everybody is told: also those whose news had no room in the queue.</summary>
    [Theory, EachLine]
    public async Task Which_blocks_its_thread(Transport transport, Threading threading)
    {
        const int Clients = 20, Posts = 5_000;
        using ManualResetEventSlim go = new();
        Journal<int> begun = new();
        Script script = new()
        {
            OnMove = (_, _) =>
            {
                begun.Add(1);
                go.Wait();
            },
        };
        Processor processor = script.Run(threading);
        await using TestServer server = await TestServer.StartAsync(transport, processor, Impatient);
        List<RawClient> clients = [];
        for (int i = 0; i < Clients; i++)
        {
            clients.Add(await server.ConnectAsync());
        }

        await script.Peers.NextAsync(Clients);
        await clients[0].SendAsync(Frames.Move(1, 2, 3));
        await begun.NextAsync();
        for (int i = 0; i < Posts; i++)
        {
            processor.Post(static () => { });
        }

        await server.Server.StopAsync().Guarded();
        Assert.Contains(server.Log.All, static line => line.StartsWith("The server stops", StringComparison.Ordinal));

        go.Set();
        Assert.All(await script.Closings.NextAsync(Clients), static closing => Assert.Equal(CloseReason.Stopped, closing.Reason));
        await Guard.UntilAsync(() => server.Server.PeerCount == 0);
        await processor.StopAsync().Guarded();
        clients.ForEach(static client => client.Dispose());
    }

    [Fact]
    public void How_long_it_waits_is_within_bounds()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => new PeerServerOptions { DrainTimeout = TimeSpan.MaxValue });
        Assert.Throws<ArgumentOutOfRangeException>(static () => new PeerServerOptions { DrainTimeout = TimeSpan.FromSeconds(-2) });
        Assert.Equal(Timeout.InfiniteTimeSpan, new PeerServerOptions { DrainTimeout = Timeout.InfiniteTimeSpan }.DrainTimeout);
    }
}
