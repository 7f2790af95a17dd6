using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Origin;

/// <summary>There a listener, a wait for peers and a slow reader took a whole core each, to find again and again that there was nothing to do.</summary>
public sealed class Who_waits_costs_nothing
{
    /// <summary>Peers: the slow one, half a message, the one that has gone, and the bystander that settles.</summary>
    private const int Open = 4;

    [Theory, EachLine]
    public async Task While_others_work(Transport transport, Threading threading)
    {
        Journal<int> handlers = new();
        Journal<int> asked = new();
        TaskCompletionSource enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Script script = new()
        {
            OnOpened = peer =>
            {
                handlers.Add(ProcessorTime.CurrentThread);
                return peer;
            },
            OnAsk = async (_, _) =>
            {
                asked.Add(1);
                await enough.Task;
            },
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient slow = await server.ConnectAsync(receiveBuffer: 4096);
        Peer peer = await script.Peers.NextAsync();
        int[] threads = [.. new[] { await handlers.NextAsync(), await Idleness.LoopOfAsync(peer) }.Distinct()];

        // A write that the kernel takes no more of, half a message, a peer that has gone while its handler waits, and a wait for the next one.
        byte[] data = Frames.Pattern(60_000, seed: 1);
        while (peer.Send(new Raw(data)) == SendResult.Sent)
        {
            await server.SettleAsync();
        }

        using RawClient half = await server.ConnectAsync();
        await half.SendAsync(Frames.Header(100, 5));
        RawClient gone = await server.ConnectAsync();
        await gone.SendAsync(Frames.Ask(1));
        await asked.NextAsync();
        for (int i = 0; i < Open; i++)
        {
            await server.Server.AcceptAsync().Guarded();
        }

        gone.Dispose();
        await server.SettleAsync();
        using CancellationTokenSource waiting = new();
        Task<Peer> accepting = server.Server.AcceptAsync(waiting.Token);

        Idleness.Expect(threads);
        Assert.False(accepting.IsCompleted);
        await waiting.CancelAsync();
        enough.SetResult();
    }
}
