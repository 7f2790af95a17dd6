using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Connecting;

public sealed class A_peer_says_who_it_is
{
    [Theory, EachThreading]
    public async Task Address_and_number(Threading threading)
    {
        var accepted = new Script();
        await using TestServer server = await TestServer.StartAsync(accepted.Run(threading));
        using RawClient raw = await server.ConnectAsync();
        Peer first = await accepted.Peers.NextAsync();
        await using Peer client = await Peer.ConnectTcpAsync(server.EndPoint.ToString(), new Script().Run(threading)).Guarded();
        Peer second = await accepted.Peers.NextAsync();

        Assert.Equal(raw.LocalEndPoint, first.RemoteEndPoint);
        Assert.Equal(server.EndPoint, client.RemoteEndPoint);
        Assert.Equal(3, new[] { first.Id, second.Id, client.Id }.Distinct().Count());
        Assert.Equal(2, server.Server.PeerCount);
        Assert.False(first.Completion.IsCompleted);
    }
}
