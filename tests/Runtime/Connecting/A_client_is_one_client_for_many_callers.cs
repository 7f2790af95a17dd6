using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Connecting;

public sealed class A_client_is_one_client_for_many_callers
{
    [Fact]
    public async Task Who_all_get_the_same_connection()
    {
        await using TimedClient timed = await TimedClient.CreateAsync();
        timed.IsLetIn = true;

        Peer[] peers = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(
            () => i % 2 == 0 ? timed.Client.StartAsync() : timed.Client.ConnectedAsync()))).Guarded();

        Assert.Single(peers.Distinct());
        Assert.Single(timed.Attempts.All);
    }

    [Fact]
    public async Task Who_need_not_wait_for_ever()
    {
        await using TimedClient timed = await TimedClient.CreateAsync();
        using var impatience = new CancellationTokenSource();
        Task<Peer> impatient = timed.Client.StartAsync(impatience.Token);
        Task<Peer> patient = timed.Client.ConnectedAsync();
        PeerClientChange failure = await timed.ExpectFailureAsync();

        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient.Guarded());
        timed.IsLetIn = true;
        timed.Clock.Advance(failure.Delay);

        Peer peer = await patient.Guarded();
        Assert.Same(peer, timed.Client.Peer);
    }

    /// <summary>A peer that closes is none to send to, whoever finds out first.</summary>
    [Fact]
    public async Task Who_are_never_given_a_peer_that_was_closing_already()
    {
        await using TimedClient timed = await TimedClient.CreateAsync();
        timed.IsLetIn = true;
        Peer first = await timed.Client.StartAsync().Guarded();
        await timed.ExpectConnectionAsync();
        first.Close();

        Task<Peer>[] next = [.. Enumerable.Range(0, 8).Select(_ => timed.Client.ConnectedAsync())];

        Assert.All(next, static task => Assert.False(task.IsCompleted));
        timed.Clock.Advance((await timed.ExpectAsync(PeerClientState.Waiting)).Delay);
        Peer second = Assert.Single((await Task.WhenAll(next).Guarded()).Distinct());
        Assert.NotSame(first, second);
    }

    [Fact]
    public async Task And_whoever_is_told_of_its_changes_cannot_disturb_it()
    {
        var log = new Journal<string>();
        await using TestServer server = await TestServer.StartAsync(new Script().Run(Threading.Inline));
        await using var client = PeerClient.Tcp(
            server.EndPoint.ToString(),
            new Script().Run(Threading.Inline),
            new PeerClientOptions
            {
                Changed = static _ => throw new InvalidOperationException("told"),
                Peers = new PeerOptions { Log = log.Add },
            });

        await client.StartAsync().Guarded();

        Assert.Contains("told", await log.NextAsync(), StringComparison.Ordinal);
    }
}
