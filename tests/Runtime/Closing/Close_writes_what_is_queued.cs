using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Closing;

public sealed class Close_writes_what_is_queued
{
    private static readonly byte[] Data = Frames.Pattern(1000, seed: 1);
    private static readonly byte[] Answers = Frames.Join(Enumerable.Repeat(Frames.Raw(Data), 1000));

    [Theory, EachLine]
    public async Task From_a_handler(Transport transport, Threading threading)
    {
        int handled = 0;
        var script = new Script
        {
            OnMove = (peer, _) =>
            {
                Interlocked.Increment(ref handled);
                AnswerAndClose(peer);
            },
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();
        await client.SendAsync(Frames.Join(Frames.Move(1, 0, 0), Frames.Move(2, 0, 0), Frames.Move(3, 0, 0)));

        Assert.Equal(Answers, await client.ReceiveToEndAsync());
        client.Dispose();
        Assert.Equal(CloseReason.Local, (await script.Closings.NextAsync()).Reason);
        Assert.Equal(1, handled);
        Assert.Empty(server.Log.All);
    }

    /// <summary>To close a socket with unread bytes resets the connection, and destroys what the other side has not read yet.</summary>
    [Theory, EachLine]
    public async Task Although_the_other_side_sends_all_the_time(Transport transport, Threading threading)
    {
        var script = new Script { OnMove = (peer, _) => AnswerAndClose(peer) };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();

        await client.SendAsync(Frames.Join(Frames.Move(1, 0, 0), new byte[4 * 1024 * 1024]));
        client.FinishSending();

        Assert.Equal(Answers, await client.ReceiveToEndAsync());
    }

    [Theory, EachLine]
    public async Task From_a_foreign_thread(Transport transport, Threading threading)
    {
        var script = new Script();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();
        Peer peer = await script.Peers.NextAsync();

        AnswerAndClose(peer);
        peer.Close();

        Assert.Equal(Answers, await client.ReceiveToEndAsync());
        client.Dispose();
        Assert.Equal(CloseReason.Local, await peer.Completion.Guarded());
        Assert.Single(script.Closings.All);
    }

    [Theory, EachLine]
    public async Task From_a_client_that_is_disposed(Transport transport, Threading threading)
    {
        var received = new Script { OnRaw = (_, _) => { } };
        await using TestServer server = await TestServer.StartAsync(transport, received.Run(threading));
        var script = new Script();
        Peer peer = await server.ConnectPeerAsync(script.Run(threading)).Guarded();

        peer.Send(new Ask(1));
        peer.Send(new Raw(Data));
        await peer.DisposeAsync().Guarded();

        Assert.Equal(CloseReason.Local, await peer.Completion.Guarded());
        Assert.Equal([(peer, CloseReason.Local)], script.Closings.All);
        Assert.Equal(CloseReason.Remote, (await received.Closings.NextAsync()).Reason);
    }

    private static void AnswerAndClose(Peer peer)
    {
        for (int i = 0; i < 1000; i++)
        {
            peer.Send(new Raw(Data));
        }

        peer.Close();
    }
}
