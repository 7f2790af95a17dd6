using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Order;

public sealed class Opened_comes_first_and_Closed_last_and_each_once
{
    [Theory, EachLine]
    public async Task Around_all_messages(Transport transport, Threading threading)
    {
        var journal = new Journal<string>();
        var script = new Script
        {
            OnOpened = peer =>
            {
                journal.Add("opened");
                return peer;
            },
            OnMove = (_, move) => journal.Add($"move {move.Entity}"),
            OnClosed = (_, reason) => journal.Add($"closed {reason}"),
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));

        // The bytes and the end are there before the server has even accepted.
        using (RawClient client = await server.ConnectAsync())
        {
            await client.SendAsync(Frames.Join(Frames.Move(1, 0, 0), Frames.Move(2, 0, 0), Frames.Move(3, 0, 0)));
            client.FinishSending();
            await (await script.Peers.NextAsync()).Completion.Guarded();
        }

        Assert.Equal(["opened", "move 1", "move 2", "move 3", "closed Remote"], journal.All);
    }

    [Theory, EachLine]
    public async Task Also_when_no_message_comes(Transport transport, Threading threading)
    {
        var script = new Script();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));

        RawClient client = await server.ConnectAsync();
        client.Dispose();
        Peer peer = await script.Peers.NextAsync();
        await peer.Completion.Guarded();

        Assert.Equal([peer], script.Peers.All);
        Assert.Equal([(peer, CloseReason.Remote)], script.Closings.All);
    }

    /// <summary>Two asynchronous handlers have begun or wait when the peer is closed: Closed comes when the first has ended, the second never runs.</summary>
    [Theory, EachLine]
    public async Task Closed_waits_for_an_asynchronous_handler(Transport transport, Threading threading)
    {
        var journal = new Journal<string>();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var script = new Script
        {
            OnAsk = async (_, ask) =>
            {
                journal.Add($"ask {ask.Number}");
                await gate.Task;
                journal.Add($"asked {ask.Number}");
            },
            OnClosed = (_, reason) => journal.Add($"closed {reason}"),
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();
        await client.SendAsync(Frames.Join(Frames.Ask(1), Frames.Ask(2)));
        Assert.Equal("ask 1", await journal.NextAsync());
        Peer peer = await script.Peers.NextAsync();

        peer.Close();
        await server.SettleAsync();
        Assert.False(peer.Completion.IsCompleted);
        Assert.True(peer.Aborted.IsCancellationRequested);

        gate.SetResult();
        Assert.Equal(CloseReason.Local, await peer.Completion.Guarded());
        Assert.Equal(["ask 1", "asked 1", "closed Local"], journal.All);
    }
}
