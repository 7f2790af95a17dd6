using Microsoft.Extensions.Time.Testing;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Connecting;

public sealed class An_attempt_that_takes_too_long_is_given_up
{
    [Fact]
    public async Task And_made_again()
    {
        bool isSlow = true;
        await using TimedClient timed = await TimedClient.CreateAsync(
            new PeerClientOptions { ConnectTimeout = TimeSpan.FromSeconds(7) },
            async (client, token) =>
            {
                if (isSlow)
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, token);
                }

                return await client.AttemptAsync(token);
            });
        timed.IsLetIn = true;
        Task<Peer> connecting = timed.Client.StartAsync();
        await timed.Attempts.NextAsync();
        await timed.ExpectAsync(PeerClientState.Connecting);
        timed.Clock.Advance(TimeSpan.FromSeconds(7));

        PeerClientChange failure = await timed.ExpectAsync(PeerClientState.Waiting);
        Assert.Contains("7 s", Assert.IsType<TimeoutException>(failure.Error).Message, StringComparison.Ordinal);
        isSlow = false;
        timed.Clock.Advance(failure.Delay);

        await connecting.Guarded();
        Assert.Equal(2, timed.Attempts.All.Count);
    }

    /// <summary>It does not heed its token: the next one begins all the same.</summary>
    [Fact]
    public async Task Also_where_it_never_ends()
    {
        FakeTimeProvider clock = new();
        Journal<PeerClientChange> changes = new();
        TaskCompletionSource<Peer> never = new();
        int attempts = 0;
        PeerClient client = new(
            _ => attempts++ == 0 ? never.Task : throw new InvalidOperationException("enough"),
            new PeerClientOptions { TimeProvider = clock, Changed = changes.Add, Peers = new PeerOptions { Log = static _ => { } } });

        Task<Peer> connecting = client.StartAsync();
        await Guard.UntilAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return connecting.IsCompleted;
        });

        await Assert.ThrowsAsync<InvalidOperationException>(() => connecting);
        Assert.Equal(PeerClientState.Connecting, (await changes.NextAsync()).State);
        Assert.IsType<TimeoutException>((await changes.NextAsync()).Error);
        Assert.Equal(PeerClientState.Connecting, (await changes.NextAsync()).State);
        Assert.Equal(PeerClientState.Stopped, (await changes.NextAsync()).State);
        await client.DisposeAsync().Guarded();
    }

    /// <summary>Once the connection is there, the time-out of its attempt is over.</summary>
    [Fact]
    public async Task But_not_a_connection_that_was_made_in_time()
    {
        await using TimedClient timed = await TimedClient.CreateAsync();
        timed.IsLetIn = true;
        Peer peer = await timed.Client.StartAsync().Guarded();

        timed.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(CloseReason.None, peer.Reason);
        Assert.Same(peer, timed.Client.Peer);
    }
}
