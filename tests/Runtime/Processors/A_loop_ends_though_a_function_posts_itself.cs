using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Processors;

[Processor(Threading.PerLoop)]
public sealed partial class Game
{
    private int _frames;

    public int Frames => Volatile.Read(ref _frames);

    [Handles]
    private void On(Peer peer, in Move move) => peer.Send(move);

    public void Frame()
    {
        Interlocked.Increment(ref _frames);
        Post(Frame);
    }
}

public sealed class A_loop_ends_though_a_function_posts_itself
{
    [Fact]
    public async Task And_it_goes_on_elsewhere_until_its_processor_stops()
    {
        Journal<string> log = new();
        Game game = new();
        PeerServer server = new(game, new PeerServerOptions { Loops = 1, Peers = new PeerOptions { Log = log.Add } });
        server.ListenTcp("127.0.0.1:0");
        await server.StartAsync();
        game.Post(game.Frame);
        await Guard.UntilAsync(() => game.Frames > 1000);

        await server.StopAsync().Guarded();

        // It would say that a handler blocks a loop.
        Assert.Empty(log.All);
        int frames = game.Frames;
        await Guard.UntilAsync(() => game.Frames > frames + 1000);
        await game.StopAsync().Guarded();
        await server.DisposeAsync();
    }

    /// <summary>Its loop has ended, and what is posted has one thread of the pool: who waits for its turn blocks no other.</summary>
    [Fact]
    public async Task And_what_is_posted_then_has_one_thread()
    {
        const int Posts = 1000;
        Game game = new();
        await using (PeerServer server = new(game, new PeerServerOptions { Loops = 1 }))
        {
            await server.StartAsync().Guarded();
        }

        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ManualResetEventSlim go = new();
        game.Post(() =>
        {
            begun.SetResult();
            go.Wait();
        });
        await begun.Task.Guarded();
        Journal<int> ran = new();
        for (int i = 0; i < Posts; i++)
        {
            game.Post(ran.Add, i);
        }

        try
        {
            OwnThread.Run(static () =>
            {
                using ManualResetEventSlim served = new();
                ThreadPool.UnsafeQueueUserWorkItem(static served => served.Set(), served, preferLocal: false);
                Assert.True(served.Wait(Guard.Patience), "the threads of the pool wait");
            });
            Assert.Empty(ran.All);
        }
        finally
        {
            go.Set();
        }

        Assert.Equal(Enumerable.Range(0, Posts), await ran.NextAsync(Posts));
    }
}
