using Microsoft.Extensions.Time.Testing;
using QContinuum.Buffers;
using QContinuum.Loops;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Scale;

[Collection(nameof(Alone))]
public sealed class Memory_is_free_again_though_a_clock_stands_still
{
    /// <summary>What was short for a moment is looked at again, whatever the clock of the deadlines says.</summary>
    [Fact]
    public async Task As_soon_as_it_is_given_back()
    {
        const int Deaf = 4;
        const int Piece = 64_000;
        Script script = new() { OnOpened = static _ => Lane.Current! };
        PeerServerOptions options = new()
        {
            Loops = 1,
            MemoryLimit = BlockPool.HeldBytesOfAll + (4 * 1024 * 1024),
            TimeProvider = new FakeTimeProvider(),
            DrainTimeout = TimeSpan.Zero,
        };
        await using TestServer server = await TestServer.StartAsync(script.Run(Threading.Inline), options);
        using RawClient early = await server.ConnectAsync();
        await early.ExpectEchoAsync(Frames.Raw(1));
        EventLoop loop = (EventLoop)(await script.Peers.NextAsync()).State!;
        RawClient[] deaf = new RawClient[Deaf];
        Peer[] peers = new Peer[Deaf];
        await server.SettleAsync();
        await script.Peers.NextAsync();
        for (int i = 0; i < Deaf; i++)
        {
            deaf[i] = await server.ConnectAsync(receiveBuffer: 4096);
            peers[i] = await script.Peers.NextAsync();
        }

        for (int i = 0; loop.Pressure == MemoryPressure.None; i++)
        {
            Assert.InRange(i, 0, 1_000);
            peers[i % Deaf].Send(new Raw(new byte[Piece]));
            long tick = Environment.TickCount64;
            await Guard.UntilAsync(() => Environment.TickCount64 != tick);
            await server.SettleAsync();
        }

        Array.ForEach(deaf, static client => client.Reset());

        await early.ExpectEchoAsync(Frames.Raw(new byte[600 * 1024]));
    }
}
