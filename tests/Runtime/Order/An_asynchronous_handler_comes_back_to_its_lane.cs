using System.Collections.Concurrent;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Order;

public sealed class An_asynchronous_handler_comes_back_to_its_lane
{
    private const int Peers = 20;
    private const int Messages = 100;

    [Theory, EachLine]
    public async Task On_the_thread_on_which_it_began(Transport transport, Threading threading)
    {
        var threads = new Journal<(int Before, int After)>();
        var foreign = new ConcurrentQueue<TaskCompletionSource>();
        var waiting = new Journal<long>();
        var script = new Script
        {
            OnAsk = async (peer, ask) =>
            {
                int before = Environment.CurrentManagedThreadId;
                var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                foreign.Enqueue(gate);
                waiting.Add(ask.Number);
                await gate.Task;
                threads.Add((before, Environment.CurrentManagedThreadId));
                await peer.SendAsync(ask);
            },
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();

        for (int i = 0; i < Messages; i++)
        {
            await client.SendAsync(Frames.Ask(i));
            await waiting.NextAsync();
            Assert.True(foreign.TryDequeue(out TaskCompletionSource? gate));
            gate.SetResult();
            (int before, int after) = await threads.NextAsync();
            Assert.Equal(before, after);
            Assert.NotEqual(Environment.CurrentManagedThreadId, after);
            Assert.Equal(Frames.Ask(i), await client.ReceiveAsync(Frames.Ask(i).Length));
        }
    }

    /// <summary>Queued: no two handlers of the processor at once. Inline: no two of a peer.</summary>
    [Theory, EachLine]
    public async Task Never_two_handlers_of_a_lane_at_once(Transport transport, Threading threading)
    {
        var lanes = new ConcurrentDictionary<Peer, Lane>();
        var whole = new Lane();
        int overlaps = 0;
        void Run(Peer peer)
        {
            Lane lane = threading == Threading.Queued ? whole : lanes.GetOrAdd(peer, static _ => new Lane());
            if (Interlocked.Increment(ref lane.Running) != 1)
            {
                Interlocked.Increment(ref overlaps);
            }

            Thread.SpinWait(50);
            Interlocked.Decrement(ref lane.Running);
        }

        var script = new Script
        {
            OnMove = (peer, move) =>
            {
                Run(peer);
                peer.Send(move);
            },
            OnAsk = async (peer, ask) =>
            {
                Run(peer);
                await Task.Yield();
                Run(peer);
                await Task.Delay(1);
                Run(peer);
                await peer.SendAsync(ask);
                Run(peer);
            },
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), new PeerServerOptions { Loops = 2 });

        await Task.WhenAll(Enumerable.Range(0, Peers).Select(async number =>
        {
            byte[] stream = Frames.Join(Enumerable.Range(0, Messages).Select(i => i % 10 == 0 ? Frames.Ask(i) : Frames.Move(i, number, 0)));
            using RawClient client = await server.ConnectAsync();
            await client.SendAsync(stream);
            Assert.Equal(stream, await client.ReceiveAsync(stream.Length));
        })).Guarded();

        Assert.Equal(0, overlaps);
    }

    private sealed class Lane
    {
#pragma warning disable CA1051 // Interlocked takes it by reference.
        public int Running;
#pragma warning restore CA1051
    }
}
