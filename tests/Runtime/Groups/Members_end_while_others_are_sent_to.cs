using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Groups;

public sealed class Members_end_while_others_are_sent_to
{
    /// <summary>What a member was sent before its end reaches it, and nothing after; the others miss nothing.</summary>
    [Theory, EachLine]
    public async Task By_the_handler_that_sends(Transport transport, Threading threading)
    {
        Group group = new();
        Script script = new()
        {
            OnMove = (peer, move) =>
            {
                group.Send(move);
                peer.Close();
                group.Send(new Move(move.Entity + 1, 0, 0));
            },
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient leaving = await server.ConnectAsync();
        Assert.True(group.Add(await script.Peers.NextAsync()));
        using RawClient staying = await server.ConnectAsync();
        Assert.True(group.Add(await script.Peers.NextAsync()));

        await leaving.SendAsync(Frames.Move(1, 0, 0));

        byte[] both = Frames.Join(Frames.Move(1, 0, 0), Frames.Move(2, 0, 0));
        Assert.Equal(Frames.Move(1, 0, 0), await leaving.ReceiveToEndAsync());
        Assert.Equal(both, await staying.ReceiveAsync(both.Length));
        Assert.Equal(CloseReason.Local, (await script.Closings.NextAsync()).Reason);
        Assert.Equal(1, group.Count);
    }

    [Theory, EachLine]
    public async Task By_the_other_side(Transport transport, Threading threading)
    {
        const int Count = 2_000;
        Group group = new();
        Script script = new();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        RawClient leaving = await server.ConnectAsync();
        Assert.True(group.Add(await script.Peers.NextAsync()));
        using RawClient staying = await server.ConnectAsync();
        Assert.True(group.Add(await script.Peers.NextAsync()));

        Task sending = Task.Run(() =>
        {
            for (int i = 0; i < Count; i++)
            {
                group.Send(new Move(i, 0, 0));
            }
        });
        leaving.Reset();

        byte[] all = Frames.Join(Enumerable.Range(0, Count).Select(static i => Frames.Move(i, 0, 0)));
        Assert.Equal(all, await staying.ReceiveAsync(all.Length));
        await sending.Guarded();
        await script.Closings.NextAsync();
        Assert.Equal(1, group.Count);
    }

    /// <summary>A redirect is no end: the membership is the peer's, whichever processor has it.</summary>
    [Theory, EachLine]
    public async Task But_who_is_redirected_stays(Transport transport, Threading threading)
    {
        Group group = new();
        Script second = new();
        Processor next = second.Run(threading);
        Script first = new() { OnMove = (peer, _) => peer.Redirect(next) };
        await using TestServer server = await TestServer.StartAsync(transport, first.Run(threading));
        using RawClient client = await server.ConnectAsync();
        Assert.True(group.Add(await first.Peers.NextAsync()));

        await client.SendAsync(Frames.Move(1, 0, 0));
        await second.Peers.NextAsync();

        Assert.Equal(1, group.Send(new Move(2, 0, 0)));
        Assert.Equal(Frames.Move(2, 0, 0), await client.ReceiveAsync(20));
    }
}
