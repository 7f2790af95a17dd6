using System.Net.Sockets;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Connecting;

public sealed class A_client_waits_longer_after_each_failure
{
    private static readonly double[] Doubling = [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 30, 30, 30];

    [Fact]
    public async Task Up_to_the_longest_delay()
    {
        await using TimedClient timed = await TimedClient.CreateAsync();
        Task<Peer> connecting = timed.Client.StartAsync();
        foreach (double delay in Doubling)
        {
            PeerClientChange failure = await timed.ExpectFailureAsync();
            Assert.Equal(TimeSpan.FromSeconds(delay), failure.Delay);
            Assert.Equal(SocketError.ConnectionRefused, Assert.IsType<SocketException>(failure.Error).SocketErrorCode);
            Assert.Contains(failure.Error!.Message, await timed.Log.NextAsync(), StringComparison.Ordinal);
            timed.Clock.Advance(failure.Delay);
        }

        Assert.False(connecting.IsCompleted);
    }

    [Fact]
    public async Task And_never_less_than_it_says()
    {
        await using TimedClient timed = await TimedClient.CreateAsync();
        _ = timed.Client.StartAsync();
        for (int i = 0; i < Doubling.Length; i++)
        {
            TimeSpan delay = (await timed.ExpectFailureAsync()).Delay;
            timed.Clock.Advance(delay - TimeSpan.FromMilliseconds(1));
            timed.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        await timed.ExpectFailureAsync();
        IReadOnlyList<DateTimeOffset> began = timed.Attempts.All;
        Assert.Equal(Doubling.Select(TimeSpan.FromSeconds), began.Zip(began.Skip(1), static (one, next) => next - one));
    }

    /// <summary>Lost at once, it is no better than one that was not made, whatever it brought: who accepts only to close is not besieged.</summary>
    [Fact]
    public async Task Also_after_connections_that_proved_nothing()
    {
        await using TimedClient timed = await TimedClient.CreateAsync();
        timed.IsLetIn = true;
        _ = timed.Client.StartAsync();
        foreach (double delay in Doubling)
        {
            await timed.ExpectConnectionAsync();
            Assert.Equal(SendResult.Sent, timed.Client.Send(new Move(1, 2, 3)));
            await timed.LoseAsync();
            PeerClientChange lost = await timed.ExpectAsync(PeerClientState.Waiting);
            Assert.Equal((TimeSpan.FromSeconds(delay), CloseReason.Remote, null), (lost.Delay, lost.Reason, lost.Error));
            timed.Clock.Advance(lost.Delay);
        }
    }

    [Fact]
    public async Task Until_a_connection_has_proved_itself()
    {
        await using TimedClient timed = await TimedClient.CreateAsync(new PeerClientOptions { ProvedAfter = TimeSpan.FromSeconds(3) });
        _ = timed.Client.StartAsync();
        for (int i = 0; i < 4; i++)
        {
            timed.Clock.Advance((await timed.ExpectFailureAsync()).Delay);
        }

        await timed.ExpectAsync(PeerClientState.Connecting);
        timed.IsLetIn = true;
        PeerClientChange failure = await timed.ExpectAsync(PeerClientState.Waiting);
        Assert.Equal(TimeSpan.FromSeconds(1.6), failure.Delay);
        timed.Clock.Advance(failure.Delay);

        await timed.ExpectConnectionAsync();
        timed.Clock.Advance(TimeSpan.FromSeconds(3));
        timed.IsLetIn = false;
        await timed.LoseAsync();
        foreach (double delay in (double[])[0.1, 0.1, 0.2])
        {
            PeerClientChange waiting = await timed.ExpectAsync(PeerClientState.Waiting);
            Assert.Equal(TimeSpan.FromSeconds(delay), waiting.Delay);
            timed.Clock.Advance(waiting.Delay);
            await timed.ExpectAsync(PeerClientState.Connecting);
        }
    }
}
