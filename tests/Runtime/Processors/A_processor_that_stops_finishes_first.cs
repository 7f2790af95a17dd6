using System.Net.Sockets;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Processors;

public sealed class A_processor_that_stops_finishes_first
{
    [Theory, EachLine]
    public async Task What_is_queued_has_its_turn(Transport transport, Threading threading)
    {
        Journal<string> seen = new();
        Script script = new();
        Processor processor = script.Run(threading);
        await using TestServer server = await TestServer.StartAsync(transport, processor);
        using RawClient client = await server.ConnectAsync();
        await client.ExpectEchoAsync(Frames.Raw(1));
        for (int i = 0; i < 1_000; i++)
        {
            int number = i;
            processor.Post(() => seen.Add($"{number}"));
        }

        await processor.StopAsync().Guarded();

        Assert.Equal(1_000, seen.All.Count);
        Assert.Equal(CloseReason.Stopped, (await script.Closings.NextAsync()).Reason);
        Assert.Equal(0, processor.PeerCount);
        Assert.Empty(await client.ReceiveToEndAsync());
        Assert.Throws<ObjectDisposedException>(() => processor.Post(static () => { }));
    }

    [Theory, EachLine]
    public async Task Who_comes_afterwards_is_closed(Transport transport, Threading threading)
    {
        Script script = new();
        Processor processor = script.Run(threading);
        await using TestServer server = await TestServer.StartAsync(transport, processor);
        await processor.StopAsync().Guarded();

        using RawClient client = await server.ConnectAsync();

        Assert.Empty(await client.EndedAsync());
        Assert.Empty(script.Peers.All);
        Assert.Empty(script.Closings.All);
        Assert.Equal(0, processor.PeerCount);
    }

    [Theory, EachLine]
    public async Task Who_connects_afterwards_is_told(Transport transport, Threading threading)
    {
        Script script = new();
        Processor processor = script.Run(threading);
        await using TestServer server = await TestServer.StartAsync(transport, new Script().Run(threading));
        await processor.StopAsync().Guarded();

        PeerClosedException refused = await Assert.ThrowsAsync<PeerClosedException>(() => server.ConnectPeerAsync(processor).Guarded());

        Assert.Equal(CloseReason.Stopped, refused.Reason);
        Assert.Empty(script.Peers.All);
    }

    /// <summary>It waits for those that it has, not for those that come without pause.</summary>
    [Theory, EachThreading]
    public async Task However_many_come_meanwhile(Threading threading)
    {
        Processor processor = new Script().Run(threading);
        await using PeerServer server = new(processor, new PeerServerOptions { Loops = 1 });
        MemoryListener listener = server.ListenMemory();
        await server.StartAsync();
        bool hasStopped = false;
        Task<int> coming = OwnThread.RunAsync(() =>
        {
            // Each of the next is there before the last has gone.
            Queue<MemoryClientStream> open = new();
            while (!Volatile.Read(ref hasStopped))
            {
                try
                {
                    open.Enqueue(listener.OpenStream());
                }
                catch (SocketException)
                {
                    // As many wait as may.
                    Thread.Yield();
                }

                if (open.Count > 16)
                {
                    open.Dequeue().Dispose();
                }
            }

            foreach (MemoryClientStream stream in open)
            {
                stream.Dispose();
            }

            return open.Count;
        });
        while (processor.PeerCount == 0)
        {
            await Task.Yield();
        }

        await processor.StopAsync().Guarded();

        Volatile.Write(ref hasStopped, true);
        await coming.Guarded();
        Assert.Equal(0, processor.PeerCount);
    }

    [Theory, EachLine]
    public async Task Its_other_peers_live_on(Transport transport, Threading threading)
    {
        Processor stopping = new Script().Run(threading);
        Script living = new() { OnMove = (peer, _) => peer.Redirect(stopping) };
        await using TestServer server = await TestServer.StartAsync(transport, living.Run(threading));
        using RawClient gone = await server.ConnectAsync();
        using RawClient stays = await server.ConnectAsync();
        await stays.ExpectEchoAsync(Frames.Raw(1));
        await gone.SendAsync(Frames.Join(Frames.Move(1, 0, 0), Frames.Raw(2)));
        Assert.Equal(Frames.Raw(2), await gone.ReceiveAsync(Frames.HeaderSize + 1));

        await stopping.StopAsync().Guarded();

        Assert.Empty(await gone.ReceiveToEndAsync());
        await stays.ExpectEchoAsync(Frames.Raw(3));
    }

    /// <summary>What was let in has run when it completes, and what was not is refused: posted from everywhere, while it stops.</summary>
    [Theory, EachThreading]
    public async Task And_nothing_runs_afterwards(Threading threading)
    {
        for (int round = 0; round < 50; round++)
        {
            int ran = 0;
            int posted = 0;
            Processor processor = new Script().Run(threading);
            Task[] posting = [.. Enumerable.Range(0, 2).Select(_ => OwnThread.RunAsync(() =>
            {
                try
                {
                    while (true)
                    {
                        processor.Post(() => Interlocked.Increment(ref ran));
                        Interlocked.Increment(ref posted);
                        SpinWait.SpinUntil(() => Volatile.Read(ref posted) - Volatile.Read(ref ran) < 1_000);
                    }
                }
                catch (ObjectDisposedException)
                {
                    return true;
                }
            }))];
            await Guard.UntilAsync(() => Volatile.Read(ref ran) > 0);

            await processor.StopAsync().Guarded();
            int atTheEnd = Volatile.Read(ref ran);

            await Task.WhenAll(posting).Guarded();
            Assert.Equal(posted, atTheEnd);
            Assert.Equal(posted, ran);
        }
    }
}
