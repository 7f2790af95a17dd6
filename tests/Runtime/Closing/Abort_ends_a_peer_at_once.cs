using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Closing;

public sealed class Abort_ends_a_peer_at_once
{
    [Theory, EachLine]
    public async Task From_a_foreign_thread(Transport transport, Threading threading)
    {
        var script = new Script();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();
        Peer peer = await script.Peers.NextAsync();
        Assert.False(peer.Aborted.IsCancellationRequested);

        peer.Abort();

        Assert.True(peer.Aborted.IsCancellationRequested);
        Assert.Equal(CloseReason.Local, await peer.Completion.Guarded());
        Assert.Empty(await client.EndedAsync());
        Assert.Equal([(peer, CloseReason.Local)], script.Closings.All);
    }

    [Theory, EachLine]
    public async Task From_a_handler_which_is_the_last(Transport transport, Threading threading)
    {
        int handled = 0;
        var script = new Script
        {
            OnMove = (peer, _) =>
            {
                Interlocked.Increment(ref handled);
                peer.Abort();
            },
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();
        await client.SendAsync(Frames.Join(Frames.Move(1, 0, 0), Frames.Move(2, 0, 0)));

        await client.EndedAsync();
        Assert.Equal(CloseReason.Local, (await script.Closings.NextAsync()).Reason);
        Assert.Equal(1, handled);
    }

    /// <summary>The other side neither reads nor closes: nothing of that is waited for.</summary>
    [Theory, EachLine]
    public async Task Although_much_is_queued(Transport transport, Threading threading)
    {
        var script = new Script();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync(receiveBuffer: 64 * 1024);
        Peer peer = await script.Peers.NextAsync();
        byte[] data = Frames.Pattern(100_000, seed: 1);
        for (int i = 0; i < 30; i++)
        {
            peer.Send(new Raw(data));
        }

        peer.Abort();

        Assert.Equal(CloseReason.Local, await peer.Completion.Guarded());
    }
}
