using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Closing;

/// <summary>
/// A client says what it has to say, reads nothing, and goes. Its answers cannot be delivered; what it said has been, and is handled, however far this side had come with it.
/// </summary>
public sealed class What_came_before_the_end_is_handled_though_nobody_takes_the_answers
{
    private static readonly byte[] Said = Frames.Move(1, 2, 3);

    [Theory, EachLine]
    public async Task Where_it_closes_in_order(Transport transport, Threading threading)
    {
        (int said, int handled, CloseReason reason) = await SayAndGoAsync(transport, threading, static client => client.Dispose());

        Assert.Equal((said, CloseReason.Remote), (handled, reason));
    }

    /// <summary>A unix domain socket does not tell a reset from an end.</summary>
    [Theory, EachLine]
    public async Task Where_it_resets(Transport transport, Threading threading)
    {
        (int said, int handled, CloseReason reason) = await SayAndGoAsync(transport, threading, static client => client.Reset());

        Assert.Equal((said, transport == Transport.Unix ? CloseReason.Remote : CloseReason.Reset), (handled, reason));
    }

    /// <summary>Its handler holds what follows, and is told that nobody is there.</summary>
    [Theory, EachLine]
    public async Task Where_a_handler_waits(Transport transport, Threading threading)
    {
        int handled = 0;
        Script script = new()
        {
            OnAsk = static async (peer, _) =>
            {
                TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
                await using (peer.Aborted.UnsafeRegister(_ => gone.SetResult(), null))
                {
                    await gone.Task;
                }
            },
            OnMove = (peer, move) =>
            {
                handled++;
                peer.Send(move);
            },
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        RawClient client = await server.ConnectAsync();
        await client.SendAsync(Frames.Ask(1));
        int said = Say(client, transport);

        client.Reset();

        Assert.NotEqual(CloseReason.None, (await script.Closings.NextAsync()).Reason);
        Assert.Equal(said, handled);
    }

    /// <summary>More than is read while a handler runs: the rest is in the kernel, or what stands for it, when the client goes.</summary>
    [Theory, EachLine]
    public async Task Where_it_was_not_read_yet(Transport transport, Threading threading)
    {
        const int Count = 3_000;
        int handled = 0;
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Script script = new()
        {
            OnAsk = async (peer, ask) =>
            {
                peer.Send(ask);
                await go.Task;
            },
            OnMove = (_, _) => handled++,
        };
        PeerServerOptions options = new() { Loops = 1, Peers = new PeerOptions { HighWatermark = 1024, LowWatermark = 512 } };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), options);
        RawClient client = await server.ConnectAsync();
        Peer peer = await script.Peers.NextAsync();
        byte[] moves = Frames.Join(Enumerable.Repeat(Frames.Move(1, 2, 3), Count));
        await client.SendAsync(Frames.Join(Frames.Ask(1), moves));
        await Guard.UntilAsync(() => peer.Statistics is { BytesReceived: > 1100, BytesSent: > 0 });
        await server.SettleAsync();
        await client.SendAsync(moves);

        // It has an answer that it has not read.
        client.Dispose();
        await server.SettleAsync();
        go.SetResult();

        CloseReason reason = await peer.Completion.Guarded();
        Assert.Equal((2 * Count, CloseReason.Reset), (handled, reason));
    }

    private static async Task<(int Said, int Handled, CloseReason Reason)> SayAndGoAsync(Transport transport, Threading threading, Action<RawClient> go)
    {
        int handled = 0;
        TaskCompletionSource isFirst = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ManualResetEventSlim isGone = new();
        Script script = new()
        {
            OnMove = (peer, move) =>
            {
                if (++handled == 1)
                {
                    isFirst.SetResult();
                    isGone.Wait(Guard.Patience);
                }

                peer.Send(move);
            },
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        RawClient client = await server.ConnectAsync();
        await client.SendAsync(Said);
        await isFirst.Task.Guarded();
        int said = 1 + Say(client, transport);

        go(client);

        isGone.Set();
        (_, CloseReason reason) = await script.Closings.NextAsync();
        return (said, handled, reason);
    }

    /// <summary>More than a read takes at once, where so much finds room that nobody reads.</summary>
    private static int Say(RawClient client, Transport transport)
    {
        int count = transport is Transport.Memory or Transport.Unix ? 3_000 : 5_000;
        Assert.Equal(count * Said.Length, client.TrySend(Frames.Join(Enumerable.Repeat(Said, count))));
        return count;
    }
}
