using QContinuum.Loops;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Origin;

/// <summary>There every connection that was made had a loop of its own, with its thread and its descriptor, which nobody closed.</summary>
public sealed class Clients_share_a_few_loops
{
    [Theory, EachLine]
    public async Task However_many_they_are(Transport transport, Threading threading)
    {
        const int Clients = 50;
        await using TestServer server = await TestServer.StartAsync(transport, new Script().Run(threading));
        Journal<int> threads = new();
        Script script = new()
        {
            OnOpened = peer =>
            {
                threads.Add(Environment.CurrentManagedThreadId);
                return peer;
            },
        };
        Processor processor = script.Run(Threading.Inline);
        List<Peer> peers = [];
        for (int i = 0; i < Clients; i++)
        {
            peers.Add(await server.ConnectPeerAsync(processor));
        }

        int[] loops = await threads.NextAsync(Clients);
        Assert.InRange(loops.Distinct().Count(), 1, Pollers.Default.SharedLoops.Loops.Length);
        foreach (Peer peer in peers)
        {
            await peer.DisposeAsync().AsTask().Guarded();
        }
    }
}
