using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Origin;

/// <summary>There every message and every event came with another one, and none could be a key.</summary>
public sealed class A_peer_is_one_object
{
    [Theory, EachLine]
    public async Task From_its_opening_to_its_end(Transport transport, Threading threading)
    {
        Journal<Peer> seen = new();
        Script script = new()
        {
            OnMove = (peer, _) => seen.Add(peer),
            OnRaw = (peer, _) => seen.Add(peer),
            OnClosed = (peer, _) => seen.Add(peer),
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();
        Peer peer = await script.Peers.NextAsync();

        await client.SendAsync(Frames.Join(Frames.Move(1, 0, 0), Frames.Raw(1), Frames.Move(2, 0, 0)));
        client.FinishSending();

        Assert.All(await seen.NextAsync(4), other => Assert.Same(peer, other));
    }
}
