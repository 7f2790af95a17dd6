using System.Net.Sockets;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Connecting;

public sealed class A_client_gives_up
{
    [Fact]
    public async Task When_its_attempts_are_used_up()
    {
        await using TimedClient timed = await TimedClient.CreateAsync(new PeerClientOptions { MaxAttempts = 3 });
        Task<Peer> connecting = timed.Client.StartAsync();
        for (int i = 0; i < 2; i++)
        {
            timed.Clock.Advance((await timed.ExpectFailureAsync()).Delay);
        }

        await timed.ExpectAsync(PeerClientState.Connecting);
        PeerClientChange stopped = await timed.ExpectAsync(PeerClientState.Stopped);

        SocketException refused = await Assert.ThrowsAsync<SocketException>(() => connecting.Guarded());
        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
        Assert.Same(refused, stopped.Error);
        await Assert.ThrowsAsync<SocketException>(() => timed.Client.ConnectedAsync().Guarded());
        await Assert.ThrowsAsync<SocketException>(() => timed.Client.StartAsync().Guarded());
        Assert.Equal(PeerClientState.Stopped, timed.Client.State);
        Assert.Equal(3, timed.Attempts.All.Count);
    }

    /// <summary>Attempts in a row are counted: a connection that proved itself begins a new row.</summary>
    [Fact]
    public async Task But_not_for_failures_of_long_ago()
    {
        await using TimedClient timed = await TimedClient.CreateAsync(new PeerClientOptions { MaxAttempts = 2 });
        _ = timed.Client.StartAsync();
        for (int life = 0; life < 4; life++)
        {
            PeerClientChange failure = await timed.ExpectFailureAsync();
            timed.IsLetIn = true;
            timed.Clock.Advance(failure.Delay);
            await timed.ExpectConnectionAsync();
            timed.IsLetIn = false;
            timed.Clock.Advance(TimeSpan.FromSeconds(5));
            await timed.LoseAsync();
            timed.Clock.Advance((await timed.ExpectAsync(PeerClientState.Waiting)).Delay);
        }
    }

    [Fact]
    public async Task When_the_application_wants_no_other_connection()
    {
        await using TimedClient timed = await TimedClient.CreateAsync(
            new PeerClientOptions { ReconnectWhen = static reason => reason != CloseReason.Remote });
        timed.IsLetIn = true;
        await timed.Client.StartAsync().Guarded();
        await timed.ExpectConnectionAsync();
        await timed.LoseAsync();

        PeerClientChange stopped = await timed.ExpectAsync(PeerClientState.Stopped);

        Assert.Equal((CloseReason.Remote, null), (stopped.Reason, stopped.Error));
        PeerClosedException closed = await Assert.ThrowsAsync<PeerClosedException>(() => timed.Client.ConnectedAsync().Guarded());
        Assert.Equal(CloseReason.Remote, closed.Reason);
    }

    [Theory, EachThreading]
    public async Task When_its_processor_was_stopped(Threading threading)
    {
        await using TestServer server = await TestServer.StartAsync(new Script().Run(threading));
        Processor processor = new Script().Run(threading);
        await using var client = PeerClient.Tcp(server.EndPoint.ToString(), processor);
        await client.StartAsync().Guarded();

        await processor.StopAsync().Guarded();

        PeerClosedException closed = await Assert.ThrowsAsync<PeerClosedException>(() => client.ConnectedAsync().Guarded());
        Assert.Equal(CloseReason.Stopped, closed.Reason);
    }

    [Fact]
    public async Task When_an_attempt_could_never_succeed()
    {
        var happened = new Journal<PeerClientChange>();
        await using var client = PeerClient.Tcp("nowhere", new Script().Run(Threading.Queued), new PeerClientOptions { Changed = happened.Add });

        await Assert.ThrowsAsync<FormatException>(() => client.StartAsync().Guarded());

        Assert.Equal([PeerClientState.Connecting, PeerClientState.Stopped], (await happened.NextAsync(2)).Select(static change => change.State));
    }

    [Fact]
    public async Task When_what_it_was_given_to_call_throws()
    {
        await using TimedClient timed = await TimedClient.CreateAsync(
            new PeerClientOptions { ReconnectWhen = static _ => throw new TimeZoneNotFoundException() });
        timed.IsLetIn = true;
        await timed.Client.StartAsync().Guarded();
        await timed.LoseAsync();
        await timed.ExpectConnectionAsync();

        Assert.IsType<TimeZoneNotFoundException>((await timed.ExpectAsync(PeerClientState.Stopped)).Error);
        await Assert.ThrowsAsync<TimeZoneNotFoundException>(() => timed.Client.ConnectedAsync().Guarded());
    }
}
