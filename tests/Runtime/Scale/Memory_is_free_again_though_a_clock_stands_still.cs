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
        const int Large = 4;
        const int Part = 900 * 1024;
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
        RawClient[] large = new RawClient[Large];
        for (int i = 0; i < Large; i++)
        {
            large[i] = await server.ConnectAsync();
            _ = Record.ExceptionAsync(() => large[i].SendAsync((byte[])[.. Frames.Header(1024 * 1024, 5), .. new byte[Part]]));
        }

        await Guard.UntilAsync(() => loop.Pressure != MemoryPressure.None);
        Array.ForEach(large, static client => client.Reset());

        await early.ExpectEchoAsync(Frames.Raw(new byte[600 * 1024]));
    }
}
