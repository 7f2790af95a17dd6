using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Limits;

public sealed class Statistics_of_a_server_are_true
{
    [Theory, EachLine]
    public async Task Of_who_comes_and_goes(Transport transport, Threading threading)
    {
        Script script = new();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        Assert.Equal(default, server.Server.Statistics);
        using RawClient first = await server.ConnectAsync();
        RawClient second = await server.ConnectAsync();
        Peer[] peers = await script.Peers.NextAsync(2);
        Assert.Equal(new PeerServerStatistics(Accepted: 2, Refused: 0, AcceptPauses: 0, Peers: 2), server.Server.Statistics);

        second.Dispose();
        await script.Closings.NextAsync();

        // They are counted once the handler has returned.
        await Guard.UntilAsync(() => server.Server.Statistics == new PeerServerStatistics(Accepted: 2, Refused: 0, AcceptPauses: 0, Peers: 1));
        Assert.Contains(peers, static peer => peer.Reason == CloseReason.None);
    }

    /// <summary>The first time, accepting pauses. When it goes on and there is still none, who waits is turned away, and it pauses again.</summary>
    [Theory]
    [InlineData(Transport.Tcp, Threading.Inline)]
    [InlineData(Transport.Tcp, Threading.Queued)]
    [InlineData(Transport.Unix, Threading.Inline)]
    [InlineData(Transport.Unix, Threading.Queued)]
    public async Task Of_whom_there_was_no_descriptor_for(Transport transport, Threading threading)
    {
        PollerWatch watch = new() { MissingDescriptors = 2 };
        Journal<string> log = new();
        PeerServerOptions options = new() { Loops = 1, Pollers = watch.Pollers, Peers = new PeerOptions { Log = log.Add } };
        await using PeerServer server = new(new Script().Run(threading), options);
        using Line line = Line.Listen(transport, server);
        await server.StartAsync();

        using RawClient refused = await line.ConnectAsync(receiveBuffer: 0);
        Assert.Empty(await refused.EndedAsync());
        Assert.Contains("no descriptor is free", await log.NextAsync(), StringComparison.Ordinal);
        await Guard.UntilAsync(() => server.Statistics == new PeerServerStatistics(Accepted: 0, Refused: 1, AcceptPauses: 2, Peers: 0));

        using RawClient served = await line.ConnectAsync(receiveBuffer: 0);
        await served.ExpectEchoAsync(Frames.Raw(1));
        Assert.Equal(new PeerServerStatistics(Accepted: 1, Refused: 1, AcceptPauses: 2, Peers: 1), server.Statistics);
    }
}
