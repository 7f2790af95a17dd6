using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Connecting;

public sealed class Of_several_addresses_the_first_that_answers_is_taken
{
    private static readonly IPAddress Silent = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Refusing = IPAddress.Parse("192.0.2.2");
    private static readonly IPAddress Serving = IPAddress.Parse("192.0.2.3");

    private readonly FakeTimeProvider _clock = new();
    private readonly Journal<IPAddress> _tried = new();
    private readonly Script _script = new();

    [Theory]
    [InlineData(Threading.Inline)]
    [InlineData(Threading.Queued)]
    public async Task Though_the_ones_before_never_answer(Threading threading)
    {
        await using TestServer server = await TestServer.StartAsync(new Script().Run(Threading.Inline));
        Task<Peer> connecting = Race([Silent, Silent, Serving], server, threading);
        for (int silent = 0; silent < 2; silent++)
        {
            Assert.Equal(Silent, await _tried.NextAsync());
            _clock.Advance(ConnectionRace.AttemptDelay - TimeSpan.FromMilliseconds(1));
            Assert.Equal(silent + 1, _tried.All.Count);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        await using Peer peer = await connecting.Guarded();

        Assert.Same(peer, Assert.Single(_script.Peers.All));
        Assert.Equal(server.EndPoint, peer.RemoteEndPoint);
    }

    /// <summary>The kernel drops what comes for a listener whose queue is full, as an address does where nobody is.</summary>
    [Fact]
    public async Task Within_one_attempt_of_a_client_that_connects_again()
    {
        using DeafListener deaf = new();
        await using TestServer server = await TestServer.StartAsync(new Script().Run(Threading.Inline));
        Processor processor = _script.Run(Threading.Inline);
        PeerClientOptions options = new() { TimeProvider = _clock, ConnectTimeout = 2 * ConnectionRace.AttemptDelay };
        await using PeerClient client = new(
            token => new ConnectionRace(_clock, token).RunAsync(
                [Silent, Serving],
                (address, mayOpen, over) =>
                {
                    _tried.Add(address);
                    return Peer.ConnectTcpAsync(address.Equals(Silent) ? deaf.EndPoint : server.EndPoint, processor, null, mayOpen, over);
                }),
            options);
        Task<Peer> connecting = client.StartAsync();
        await _tried.NextAsync();
        _clock.Advance(ConnectionRace.AttemptDelay);

        await connecting.Guarded();

        Assert.Equal(2, _tried.All.Count);
        Assert.Single(_script.Peers.All);
        Assert.Empty(_script.Closings.All);
    }

    [Fact]
    public async Task Without_delay_where_the_one_before_refuses()
    {
        await using TestServer server = await TestServer.StartAsync(new Script().Run(Threading.Inline));

        await using Peer peer = await Race([Refusing, Serving], server).Guarded();

        Assert.Equal([Refusing, Serving], _tried.All);
    }

    [Fact]
    public async Task However_long_its_opened_handler_takes()
    {
        await using TestServer server = await TestServer.StartAsync(new Script().Run(Threading.Inline));
        TaskCompletionSource mayOpen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        SlowToOpen processor = new(mayOpen.Task);
        Task<Peer> connecting = new ConnectionRace(_clock, CancellationToken.None).RunAsync([Serving, Silent], (address, first, over) =>
        {
            _tried.Add(address);
            return Peer.ConnectTcpAsync(server.EndPoint, processor, null, first, over);
        });
        await processor.Opening.NextAsync();
        await PoolThreads.CatchUpAsync();
        _clock.Advance(100 * ConnectionRace.AttemptDelay);
        await PoolThreads.CatchUpAsync();
        Assert.False(connecting.IsCompleted);

        mayOpen.SetResult();

        await using Peer peer = await connecting.Guarded();
        Assert.Equal([Serving], _tried.All);
    }

    /// <summary>It was connected, and nobody hears of it: neither that it opened nor that it closed.</summary>
    [Theory]
    [InlineData(Threading.Inline)]
    [InlineData(Threading.Queued)]
    public async Task And_one_that_answers_later_never_opens(Threading threading)
    {
        Script accepting = new();
        await using TestServer server = await TestServer.StartAsync(accepting.Run(Threading.Inline));

        SocketException lost = await Assert.ThrowsAsync<SocketException>(
            () => Peer.ConnectTcpAsync(server.EndPoint, _script.Run(threading), null, static () => false, CancellationToken.None).Guarded());

        Assert.Equal(SocketError.ConnectionAborted, lost.SocketErrorCode);
        Assert.Empty(_script.Peers.All);
        Assert.Empty(_script.Closings.All);
        Assert.Equal(CloseReason.Remote, (await accepting.Closings.NextAsync()).Reason);
    }

    [Fact]
    public async Task And_where_none_does_the_error_is_the_last_ones()
    {
        Task<Peer> connecting = new ConnectionRace(_clock, CancellationToken.None).RunAsync(
            [Silent, Refusing],
            static (address, _, _) => Task.FromException<Peer>(new SocketException((int)(address.Equals(Silent) ? SocketError.NetworkUnreachable : SocketError.ConnectionRefused))));

        Assert.Equal(SocketError.ConnectionRefused, (await Assert.ThrowsAsync<SocketException>(() => connecting.Guarded())).SocketErrorCode);
    }

    [Fact]
    public async Task And_what_is_not_the_addresss_fault_ends_all_attempts()
    {
        await using TestServer server = await TestServer.StartAsync(new Script().Run(Threading.Inline));
        bool isOver = false;
        Task<Peer> connecting = new ConnectionRace(_clock, CancellationToken.None).RunAsync([Silent, Refusing, Serving], async (address, _, over) =>
        {
            _tried.Add(address);
            if (address.Equals(Silent))
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                isOver = true;
            }

            throw new InvalidOperationException("no");
        });
        await _tried.NextAsync();
        _clock.Advance(ConnectionRace.AttemptDelay);

        await Assert.ThrowsAsync<InvalidOperationException>(() => connecting.Guarded());

        Assert.True(isOver);
        Assert.Equal([Silent, Refusing], _tried.All);
    }

    [Fact]
    public async Task Unless_all_are_given_up()
    {
        using CancellationTokenSource impatience = new();
        await using TestServer server = await TestServer.StartAsync(new Script().Run(Threading.Inline));
        Task<Peer> connecting = Race([Silent, Silent, Serving], server, cancellationToken: impatience.Token);
        await _tried.NextAsync();
        _clock.Advance(ConnectionRace.AttemptDelay);
        await _tried.NextAsync();

        await impatience.CancelAsync();

        // Who gave up looks whether it was by his own token.
        OperationCanceledException givenUp = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting.Guarded());
        Assert.Equal(impatience.Token, givenUp.CancellationToken);
        Assert.Empty(_script.Peers.All);
    }

    private Task<Peer> Race(IPAddress[] addresses, TestServer server, Threading threading = Threading.Inline, CancellationToken cancellationToken = default)
    {
        Processor processor = _script.Run(threading);
        return new ConnectionRace(_clock, cancellationToken).RunAsync(addresses, (address, mayOpen, over) => TryAsync(address, server, processor, mayOpen, over));
    }

    private async Task<Peer> TryAsync(IPAddress address, TestServer server, Processor processor, Func<bool> mayOpen, CancellationToken over)
    {
        _tried.Add(address);
        if (address.Equals(Silent))
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, over);
        }

        return address.Equals(Serving)
            ? await Peer.ConnectTcpAsync(server.EndPoint, processor, null, mayOpen, over)
            : throw new SocketException((int)SocketError.ConnectionRefused);
    }
}

/// <summary>Takes its time over opening.</summary>
[Processor(Threading.Inline)]
public sealed partial class SlowToOpen(Task mayOpen)
{
    public Journal<Peer> Opening { get; } = new();

    [Opened]
    private async ValueTask OpenedAsync(Peer peer)
    {
        Opening.Add(peer);
        await mayOpen;
    }
}
