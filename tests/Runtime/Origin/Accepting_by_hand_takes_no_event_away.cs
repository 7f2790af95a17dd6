using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Origin;

/// <summary>There a loop that waited for peers took the events of the processor, and a whole core.</summary>
public sealed class Accepting_by_hand_takes_no_event_away
{
    private sealed record Happened(int Number);

    [Theory, EachLine]
    public async Task And_every_peer_is_accepted(Transport transport, Threading threading)
    {
        const int Events = 1_000, Clients = 20;
        Journal<int> happened = new();
        Processor processor = new Script().Run(threading);
        processor.On<Happened>(raised => happened.Add(raised.Number));
        await using TestServer server = await TestServer.StartAsync(transport, processor);
        Task<Peer> first = server.Server.AcceptAsync();
        List<RawClient> clients = [];
        for (int i = 0; i < Clients; i++)
        {
            clients.Add(await server.ConnectAsync());
        }

        for (int i = 0; i < Events; i++)
        {
            Assert.True(processor.Raise(new Happened(i)));
        }

        HashSet<Peer> accepted = [await first.Guarded()];
        for (int i = 1; i < Clients; i++)
        {
            accepted.Add(await Task.Run(() => server.Server.Accept()).Guarded());
        }

        Assert.Equal(Clients, accepted.Count);
        Assert.Equal(Enumerable.Range(0, Events), await happened.NextAsync(Events));
        clients.ForEach(static client => client.Dispose());
    }
}
