using Microsoft.Extensions.Time.Testing;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Deadlines;

/// <summary>Until it is there again.</summary>
public sealed class A_clock_that_goes_back_stands_still
{
    private static readonly byte[] Move = Frames.Move(1, 2, 3);

    [Fact]
    public async Task So_who_spoke_meanwhile_spoke_then()
    {
        Clock clock = new();
        Script script = new();
        await using TestServer server = await StartAsync(script, clock);
        using RawClient client = await server.ConnectAsync();
        await client.ExpectEchoAsync(Move);
        Peer peer = await script.Peers.NextAsync();
        clock.Advance(TimeSpan.FromSeconds(40));
        await client.ExpectEchoAsync(Move);

        // It is 40, goes back to 10, and the peer speaks.
        clock.Shift(TimeSpan.FromSeconds(-30));
        await client.ExpectEchoAsync(Move);

        // It is 40 again, and then 75: who spoke last at 40 has been silent for 35.
        clock.Shift(TimeSpan.Zero);
        clock.Advance(TimeSpan.FromSeconds(35));
        await server.SettleAsync();
        await server.SettleAsync();
        Assert.Equal(CloseReason.None, peer.Reason);

        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(CloseReason.Idle, await peer.Completion.Guarded());
    }

    [Fact]
    public async Task And_its_loop_rests()
    {
        Clock clock = new();
        Script script = new();
        await using TestServer server = await StartAsync(script, clock);
        using RawClient client = await server.ConnectAsync();
        await client.ExpectEchoAsync(Move);
        Peer peer = await script.Peers.NextAsync();
        clock.Advance(TimeSpan.FromSeconds(40));
        await client.ExpectEchoAsync(Move);

        clock.Shift(TimeSpan.FromSeconds(-30));
        await client.ExpectEchoAsync(Move);

        Idleness.Expect(await Idleness.LoopOfAsync(peer));
    }

    private static Task<TestServer> StartAsync(Script script, Clock clock)
    {
        PeerServerOptions options = new() { Loops = 1, TimeProvider = clock, Peers = new PeerOptions { IdleTimeout = TimeSpan.FromSeconds(60) } };
        return TestServer.StartAsync(Transport.Tcp, script.Run(Threading.Inline), options);
    }

    private sealed class Clock : FakeTimeProvider
    {
        private long _shift;

        public void Shift(TimeSpan shift) => Volatile.Write(ref _shift, (long)(shift.TotalSeconds * TimestampFrequency));

        public override long GetTimestamp() => base.GetTimestamp() + Volatile.Read(ref _shift);
    }
}
