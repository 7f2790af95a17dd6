using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Limits;

/// <summary>A system watches only so many handles of one user (on Linux <c>/proc/sys/fs/epoll/max_user_watches</c>): one more costs its peer, and nobody else.</summary>
public sealed class Who_cannot_be_watched_is_closed
{
    [Theory]
    [InlineData(Transport.Tcp, Threading.Inline)]
    [InlineData(Transport.Tcp, Threading.Queued)]
    [InlineData(Transport.Unix, Threading.Inline)]
    [InlineData(Transport.Unix, Threading.Queued)]
    public async Task As_soon_as_it_comes(Transport transport, Threading threading)
    {
        PollerWatch watch = new();
        Journal<string> log = new();
        Script script = new();
        await using PeerServer server = new(script.Run(threading), Options(watch, log));
        using Line line = Line.Listen(transport, server);
        await server.StartAsync();
        using RawClient first = await line.ConnectAsync(receiveBuffer: 0);
        await first.ExpectEchoAsync(Frames.Raw(1));

        watch.Unwatchable = 1;
        await ExpectRefusedAsync(line);
        Assert.Contains("cannot watch", await log.NextAsync(), StringComparison.Ordinal);

        using RawClient next = await line.ConnectAsync(receiveBuffer: 0);
        await next.ExpectEchoAsync(Frames.Raw(2));
        await first.ExpectEchoAsync(Frames.Raw(3));
        Assert.Equal(2, script.Peers.All.Count);
        await Guard.UntilAsync(() => server.Statistics == new PeerServerStatistics(Accepted: 3, Refused: 0, AcceptPauses: 0, Peers: 2));
    }

    /// <summary>Its end was not to be read at once, and it was not watched meanwhile.</summary>
    [Theory]
    [InlineData(Threading.Inline)]
    [InlineData(Threading.Queued)]
    public async Task Or_is_to_be_read_again(Threading threading)
    {
        PollerWatch watch = new();
        Journal<string> log = new();
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Script script = new() { OnAsk = async (_, _) => await go.Task };
        PeerServerOptions options = Options(watch, log);
        await using PeerServer server = new(script.Run(threading), options with { Peers = options.Peers with { HighWatermark = 1024, LowWatermark = 512 } });
        using Line line = Line.Listen(Transport.Tcp, server);
        await server.StartAsync();
        using RawClient client = await line.ConnectAsync(receiveBuffer: 0);
        Peer peer = await script.Peers.NextAsync();
        TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = peer.Aborted.Register(gone.SetResult);

        // More than is kept behind a handler: its end is not read. And it has nothing more to send that its reset could cut off.
        await client.SendAsync(Frames.Join(Frames.Ask(1), Frames.Raw(new byte[10_000])));
        client.FinishSending();
        client.Reset();
        await gone.Task.Guarded();
        watch.Unwatchable = 1;
        go.SetResult();

        Assert.Equal(CloseReason.Reset, await peer.Completion.Guarded());
        Assert.Contains("cannot watch", await log.NextAsync(), StringComparison.Ordinal);
        using RawClient next = await line.ConnectAsync(receiveBuffer: 0);
        await next.ExpectEchoAsync(Frames.Raw(2));
    }

    [Fact]
    public async Task Who_connects_is_told()
    {
        PollerWatch watch = new();
        await using TestServer server = await TestServer.StartAsync(new Script().Run(Threading.Inline));
        PeerOptions options = new() { Pollers = watch.Pollers, Log = static _ => { } };
        try
        {
            watch.Unwatchable = 1;
            SocketException refused = await Assert.ThrowsAsync<SocketException>(
                () => Peer.ConnectTcpAsync(server.EndPoint, new Script().Run(Threading.Inline), options).Guarded());
            Assert.Equal(SocketError.NoBufferSpaceAvailable, refused.SocketErrorCode);

            await using Peer peer = await Peer.ConnectTcpAsync(server.EndPoint, new Script().Run(Threading.Inline), options).Guarded();
        }
        finally
        {
            watch.Pollers.SharedLoops.Stop();
        }
    }

    [Theory]
    [InlineData(Transport.Tcp)]
    [InlineData(Transport.Unix)]
    public async Task But_a_listener_is_tried_again(Transport transport)
    {
        PollerWatch watch = new() { Unwatchable = 1 };
        Journal<string> log = new();
        FakeTimeProvider clock = new();
        await using PeerServer server = new(new Script().Run(Threading.Inline), Options(watch, log) with { TimeProvider = clock });
        using Line line = Line.Listen(transport, server);
        await server.StartAsync();
        Assert.Contains("cannot watch the listener", await log.NextAsync(), StringComparison.Ordinal);

        using RawClient client = await line.ConnectAsync(receiveBuffer: 0);
        clock.Advance(TimeSpan.FromMilliseconds(100));

        await client.ExpectEchoAsync(Frames.Raw(1));
        Assert.Equal(new PeerServerStatistics(Accepted: 1, Refused: 0, AcceptPauses: 1, Peers: 1), server.Statistics);
    }

    /// <summary>It may be so soon that who connects is not told of a connection at all.</summary>
    private static async Task ExpectRefusedAsync(Line line)
    {
        try
        {
            using RawClient refused = await line.ConnectAsync(receiveBuffer: 0);
            Assert.Empty(await refused.EndedAsync());
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
        {
        }
    }

    private static PeerServerOptions Options(PollerWatch watch, Journal<string> log)
        => new() { Loops = 1, Pollers = watch.Pollers, Peers = new PeerOptions { Log = log.Add } };
}
