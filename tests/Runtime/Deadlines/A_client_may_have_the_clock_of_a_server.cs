using Microsoft.Extensions.Time.Testing;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Deadlines;

public sealed class A_client_may_have_the_clock_of_a_server
{
    /// <summary>A server that listens nowhere has a loop: its processor belongs to that, and so does who connects with the processor.</summary>
    [Theory, EachTransport]
    public async Task By_a_processor_that_belongs_to_its_loop(Transport transport)
    {
        FakeTimeProvider clock = new();
        Journal<Move> back = new();
        Caller caller = new(back);
        await using PeerServer loop = new(caller, new PeerServerOptions { Loops = 1, TimeProvider = clock });
        await loop.StartAsync();
        await using TestServer server = await TestServer.StartAsync(transport, new Script().Run(Threading.Inline));
        await using Peer peer = await server.ConnectPeerAsync(caller, new PeerOptions { IdleTimeout = TimeSpan.FromHours(1) });
        for (int i = 0; i < 5; i++)
        {
            clock.Advance(TimeSpan.FromMinutes(50));
            peer.Send(new Move(i, 0, 0));
            Assert.Equal(i, (await back.NextAsync()).Entity);
        }

        clock.Advance(TimeSpan.FromMinutes(70));

        Assert.Equal(CloseReason.Idle, await peer.Completion.Guarded());
    }
}

[Processor(Threading.PerLoop)]
public sealed partial class Caller(Journal<Move> back)
{
    [Handles]
    private void On(Peer peer, in Move move) => back.Add(move);
}
