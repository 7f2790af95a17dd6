using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Scale;

public sealed class Beyond_the_most_peers_clients_wait
{
    private static readonly byte[] Frame = Frames.Raw(1, 2, 3);

    [Theory, EachLine]
    public async Task One_more_is_served_once_another_has_left(Transport transport, Threading threading)
    {
        var script = new Script();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), new PeerServerOptions { Loops = 1, MaxPeers = 2 });
        using RawClient first = await server.ConnectAsync();
        using RawClient second = await server.ConnectAsync();
        await first.ExpectEchoAsync(Frame);
        await second.ExpectEchoAsync(Frame);

        using RawClient third = await server.ConnectAsync();
        await third.SendAsync(Frame);
        Assert.Contains("MaxPeers", await server.Log.NextAsync(), StringComparison.Ordinal);
        Task<byte[]> answer = third.ReceiveAsync(Frame.Length);
        await first.ExpectEchoAsync(Frame);
        Assert.Equal(2, server.Server.PeerCount);
        Assert.False(answer.IsCompleted);
        PeerServerStatistics paused = server.Server.Statistics;
        Assert.Equal((2, 0, 2), (paused.Accepted, paused.Refused, paused.Peers));
        Assert.InRange(paused.AcceptPauses, 1, long.MaxValue);

        first.Dispose();
        Assert.Equal(Frame, await answer);
        Assert.Equal((3, 0), (server.Server.Statistics.Accepted, server.Server.Statistics.Refused));
    }

    [Fact]
    public void Less_than_one_peer_is_refused()
        => Assert.Throws<ArgumentOutOfRangeException>(() => new PeerServerOptions { MaxPeers = 0 });

    [Theory, EachLine]
    public async Task A_log_that_throws_harms_nobody(Transport transport, Threading threading)
    {
        var script = new Script();
        var options = new PeerServerOptions { Loops = 1, Peers = new PeerOptions { Log = static _ => throw new IOException("no log") } };
        await using var server = new PeerServer(script.Run(threading), options);
        using Line line = Line.Listen(transport, server);
        await server.StartAsync().Guarded();
        using RawClient bad = await line.ConnectAsync(receiveBuffer: 0);
        using RawClient good = await line.ConnectAsync(receiveBuffer: 0);

        await bad.SendAsync(Frames.Header(-1, 5));
        await bad.EndedAsync();

        await good.ExpectEchoAsync(Frame);
    }
}
