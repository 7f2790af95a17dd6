using Microsoft.Extensions.Time.Testing;
using QContinuum.Buffers;
using QContinuum.Loops;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Scale;

[Collection(nameof(Alone))]
public sealed class Nobody_is_accepted_while_memory_is_short
{
    private const int Deaf = 4;
    private const int Piece = 64_000;

    /// <summary>Seven eighths are in use: whoever comes waits, and is served once there is room.</summary>
    [Theory, EachTransport]
    public async Task And_everybody_once_it_is_free(Transport transport)
    {
        FakeTimeProvider clock = new();
        Script script = new() { OnOpened = static _ => Lane.Current! };
        PeerServerOptions options = new()
        {
            Loops = 1,
            MemoryLimit = BlockPool.HeldBytesOfAll + (4 * 1024 * 1024),
            TimeProvider = clock,
            DrainTimeout = TimeSpan.Zero,
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(Threading.Inline), options);
        await server.SettleAsync();
        await script.Peers.NextAsync();
        RawClient[] deaf = new RawClient[Deaf];
        Peer[] peers = new Peer[Deaf];
        for (int i = 0; i < Deaf; i++)
        {
            deaf[i] = await server.ConnectAsync(receiveBuffer: 4096);
            peers[i] = await script.Peers.NextAsync();
        }

        // Between two stages is an eighth of the limit: more than one of these.
        EventLoop loop = (EventLoop)peers[0].State!;
        for (int i = 0; loop.Pressure < MemoryPressure.StopAccepting; i++)
        {
            Assert.InRange(i, 0, 1_000);
            peers[i % Deaf].Send(new Raw(new byte[Piece]));

            // Memory is looked at in the turn that sees the clock move.
            clock.Advance(TimeSpan.FromMilliseconds(1));
            await server.SettleAsync();
            await server.SettleAsync();
        }

        Assert.Equal(MemoryPressure.StopAccepting, loop.Pressure);
        using RawClient late = await server.ConnectAsync();
        await Guard.UntilAsync(() => server.Server.Statistics.AcceptPauses > 0);
        Assert.Contains("memory is short", await server.Log.NextAsync(), StringComparison.Ordinal);
        Assert.Equal(Deaf + 1, script.Peers.All.Count);

        Array.ForEach(deaf, static client => client.Reset());
        Task served = late.ExpectEchoAsync(Frames.Raw(7));
        await Guard.UntilAsync(() =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(10));
            return served.IsCompleted;
        });
        await served;
    }
}
