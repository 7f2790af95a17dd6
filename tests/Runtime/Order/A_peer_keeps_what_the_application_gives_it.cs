using QContinuum.Runtime.Tests.Redirect;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Order;

public sealed class A_peer_keeps_what_the_application_gives_it
{
    [Theory, EachLine]
    public async Task A_flag_a_user_and_an_object_until_its_end(Transport transport, Threading threading)
    {
        Journal<(int Flag, long User, object? State)> seen = new();
        object mine = new();
        Script script = new()
        {
            OnOpened = peer =>
            {
                See(peer);
                return mine;
            },
            OnMove = (peer, move) =>
            {
                See(peer);
                peer.Flag = move.Entity;
                peer.UserId = (long)move.Entity << 32;
            },
            OnClosed = (peer, _) => See(peer),
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();
        using RawClient other = await server.ConnectAsync();
        Assert.Equal((0, 0, null), await seen.NextAsync());
        Assert.Equal((0, 0, null), await seen.NextAsync());

        await client.SendAsync(Frames.Join(Frames.Move(7, 0, 0), Frames.Move(-1, 0, 0)));
        Assert.Equal((0, 0L, mine), await seen.NextAsync());
        Assert.Equal((7, 7L << 32, mine), await seen.NextAsync());
        client.FinishSending();
        Assert.Equal((-1, -1L << 32, mine), await seen.NextAsync());

        // It is the peer's own.
        other.FinishSending();
        Assert.Equal((0, 0L, mine), await seen.NextAsync());

        void See(Peer peer) => seen.Add((peer.Flag, peer.UserId, peer.State));
    }

    /// <summary>A redirect changes who handles its messages, and nothing of the peer.</summary>
    [Theory, EachLine]
    public async Task And_takes_it_to_the_next_processor(Transport transport, Threading threading)
    {
        Journal<(int Flag, long User, object? State)> seen = new();
        Processor next = new Stage("new", new Journal<string>()) { OnMove = (peer, _) => seen.Add((peer.Flag, peer.UserId, peer.State)) }.Run(threading);
        Script script = new()
        {
            OnMove = (peer, move) =>
            {
                peer.Flag = move.Entity;
                peer.UserId = 8;
                peer.State = "mine";
                peer.Redirect(next);
            },
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();

        await client.SendAsync(Frames.Join(Frames.Move(7, 0, 0), Frames.Move(0, 0, 0)));

        Assert.Equal((7, 8L, (object?)"mine"), await seen.NextAsync());
    }
}
