using Microsoft.Extensions.Time.Testing;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Deadlines;

/// <summary>At nothing, or below it.</summary>
public sealed class A_clock_may_begin_anywhere
{
    private static readonly PeerOptions Options = new() { FirstMessageTimeout = TimeSpan.FromSeconds(5), MessageTimeout = TimeSpan.FromSeconds(5) };

    [Theory]
    [InlineData(0)]
    [InlineData(-1_000_000)]
    public async Task The_first_message_is_late_by_it(int seconds)
    {
        Clock clock = new(seconds);
        Script script = new();
        await using TestServer server = await StartAsync(script, clock);
        using RawClient client = await server.ConnectAsync();
        await script.Peers.NextAsync();

        await PassAsync(server, clock);

        Assert.Equal(CloseReason.FirstMessageLate, (await script.Closings.NextAsync()).Reason);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1_000_000)]
    public async Task And_so_is_the_rest_of_one(int seconds)
    {
        Clock clock = new(seconds);
        Script script = new();
        await using TestServer server = await StartAsync(script, clock);
        using RawClient client = await server.ConnectAsync();
        await client.ExpectEchoAsync(Frames.Move(1, 2, 3));
        await client.SendAsync(Frames.Move(1, 2, 3).AsMemory(0, 10));

        await PassAsync(server, clock);

        Assert.Equal(CloseReason.MessageLate, (await script.Closings.NextAsync()).Reason);
    }

    private static Task<TestServer> StartAsync(Script script, Clock clock)
        => TestServer.StartAsync(Transport.Tcp, script.Run(Threading.Inline), new PeerServerOptions { Loops = 1, TimeProvider = clock, Peers = Options });

    /// <summary>The server has seen what was sent to it; then time passes; then the server has seen that.</summary>
    private static async Task PassAsync(TestServer server, Clock clock)
    {
        await server.SettleAsync();
        clock.Advance(TimeSpan.FromSeconds(6));
        await server.SettleAsync();
        await server.SettleAsync();
    }

    private sealed class Clock : FakeTimeProvider
    {
        private readonly long _shift;

        public Clock(int seconds) => _shift = (seconds * TimestampFrequency) - base.GetTimestamp();

        public override long GetTimestamp() => base.GetTimestamp() + _shift;
    }
}
