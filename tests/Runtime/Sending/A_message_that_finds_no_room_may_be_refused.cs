using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Sending;

/// <summary><see cref="OverflowPolicy.Refuse"/>: the sender is told, and the peer stays.</summary>
public sealed class A_message_that_finds_no_room_may_be_refused
{
    private const int SendLimit = 256 * 1024;
    private const int Body = 16 * 1024;

    private static readonly PeerServerOptions Refusing = new()
    {
        Loops = 1,
        Peers = new PeerOptions { HighWatermark = 128 * 1024, LowWatermark = 32 * 1024, SendLimit = SendLimit, WhenFull = OverflowPolicy.Refuse },
    };

    [Theory, EachLine]
    public async Task And_what_waits_is_written(Transport transport, Threading threading)
    {
        Script script = new();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), Refusing);
        using RawClient client = await server.ConnectAsync(receiveBuffer: 64 * 1024);
        Peer peer = await script.Peers.NextAsync();
        int queued = await FillAsync(server, peer);

        Assert.Equal(1, peer.Statistics.Refused);
        Assert.Equal(CloseReason.None, peer.Reason);
        for (int i = 0; i < queued; i++)
        {
            Assert.Equal(Frames.Raw(Frames.Pattern(Body, i)), await client.ReceiveAsync(Frames.HeaderSize + Body));
        }

        await client.ExpectEchoAsync(Frames.Raw(1, 2, 3));
        Assert.Equal(SendResult.Sent, peer.Send(new Raw([4])));
        Assert.Equal(Frames.Raw(4), await client.ReceiveAsync(Frames.HeaderSize + 1));
    }

    [Theory, EachLine]
    public async Task Also_one_of_a_group(Transport transport, Threading threading)
    {
        Script script = new();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), Refusing);
        using RawClient full = await server.ConnectAsync(receiveBuffer: 64 * 1024);
        Peer first = await script.Peers.NextAsync();
        using RawClient empty = await server.ConnectAsync();
        Peer second = await script.Peers.NextAsync();
        Group group = new();
        Assert.True(group.Add(first) && group.Add(second));
        await FillAsync(server, first);

        Assert.Equal(1, group.Send(new Raw(Frames.Pattern(Body, 1))));

        Assert.Equal(2, first.Statistics.Refused);
        Assert.Equal(Frames.Raw(Frames.Pattern(Body, 1)), await empty.ReceiveAsync(Frames.HeaderSize + Body));
        Assert.Equal(2, group.Count);
    }

    /// <summary>Each of them would find room for its own; together they do not.</summary>
    [Theory, EachTransport]
    public async Task However_many_send_at_once(Transport transport)
    {
        const int Threads = 8;
        Script script = new();
        PeerServerOptions options = new() { Loops = 1, Peers = new PeerOptions { WhenFull = OverflowPolicy.Refuse } };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(Threading.Inline), options);
        using RawClient client = await server.ConnectAsync(receiveBuffer: 4 * 1024);
        Peer peer = await script.Peers.NextAsync();
        byte[] frame = Frames.Raw(new byte[options.Peers.SendLimit * 3 / 4]);

        // While the loop is held, nothing of it leaves.
        using ManualResetEventSlim isOver = new();
        TaskCompletionSource isHeld = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Script holding = new()
        {
            OnMove = (_, _) =>
            {
                isHeld.SetResult();
                isOver.Wait(Guard.Patience);
            },
        };
        Assert.True(peer.Redirect(holding.Run(Threading.Inline)));
        await client.SendAsync(Frames.Move(1, 2, 3));
        await isHeld.Task.Guarded();
        using Barrier barrier = new(Threads);
        SendResult[] results = await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => OwnThread.RunAsync(() =>
        {
            barrier.SignalAndWait(Guard.Patience);
            return peer.SendFramed(frame);
        }))).Guarded();
        isOver.Set();

        Assert.Equal(1, results.Count(static result => result == SendResult.Congested));
        Assert.Equal(Threads - 1, results.Count(static result => result == SendResult.Overflow));
        Assert.Equal(frame, await client.ReceiveAsync(frame.Length));
    }

    /// <summary>Who asked waits for it.</summary>
    [Theory, EachLine]
    public async Task But_not_an_answer(Transport transport, Threading threading)
    {
        Script script = new() { OnMove = static (peer, _) => peer.Send(new Raw(new byte[SendLimit])) };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), Refusing);
        using RawClient client = await server.ConnectAsync();

        await client.SendAsync(Frames.Move(1, 2, 3));

        await client.EndedAsync();
        Assert.Equal(CloseReason.Overflow, (await script.Closings.NextAsync()).Reason);
    }

    /// <summary>Sends until one is refused.</summary>
    /// <returns>How many were not.</returns>
    private static async Task<int> FillAsync(TestServer server, Peer peer)
    {
        int queued = 0;
        while (true)
        {
            SendResult result = peer.Send(new Raw(Frames.Pattern(Body, queued)));
            if (result > SendResult.Congested)
            {
                Assert.Equal(SendResult.Overflow, result);

                // What the other side's kernel took meanwhile makes room for nothing that counts.
                return queued;
            }

            queued++;
            if (result == SendResult.Sent)
            {
                await server.SettleAsync();
            }
        }
    }
}
