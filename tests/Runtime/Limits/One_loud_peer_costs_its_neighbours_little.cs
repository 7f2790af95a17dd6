using Microsoft.Extensions.Time.Testing;
using QContinuum.Loops;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Limits;

public sealed class One_loud_peer_costs_its_neighbours_little
{
    private const int Watermark = 256 * 1024;

    /// <summary>
    /// It has said as much as anybody takes before its neighbour says one thing. What is handled before that is what the queue holds of it, which is not read beyond
    /// the watermark; or, on the loop itself, one read that was under way and one of this turn.
    /// </summary>
    [Theory, EachLine]
    public async Task However_much_it_says(Transport transport, Threading threading)
    {
        int most = (threading == Threading.Queued ? Watermark + EventLoop.ReadSize : 2 * EventLoop.ReadSize) / Frames.Move(1, 2, 3).Length;
        Assert.InRange(await HandledBeforeAsync(transport, threading, TimeProvider.System, static () => { }), 0, most);
    }

    /// <summary>What it says takes a hundred microseconds a piece: then its rest waits until the others had their turn.</summary>
    [Theory, EachLine]
    public async Task However_long_that_takes(Transport transport, Threading threading)
    {
        FakeTimeProvider clock = new();
        Assert.InRange(await HandledBeforeAsync(transport, threading, clock, () => clock.Advance(TimeSpan.FromMicroseconds(100))), 0, 60);
    }

    /// <summary>Each of its messages takes a millisecond, and a thousand of them come in a read: not even those of one read are handled at a stretch.</summary>
    [Theory, EachLine]
    public async Task However_long_each_takes(Transport transport, Threading threading)
    {
        FakeTimeProvider clock = new();
        Assert.InRange(await HandledBeforeAsync(transport, threading, clock, () => clock.Advance(TimeSpan.FromMilliseconds(1))), 0, 40);
    }

    /// <summary>How many of its messages are handled before the one of its neighbour.</summary>
    private static async Task<int> HandledBeforeAsync(Transport transport, Threading threading, TimeProvider clock, Action takeTime)
    {
        byte[] frame = Frames.Move(1, 2, 3);
        using ManualResetEventSlim go = new();
        int loud = 0;
        int before = -1;
        Script script = new()
        {
            OnMove = (_, _) =>
            {
                go.Wait();
                loud++;
                takeTime();
            },
            OnRaw = (peer, raw) =>
            {
                before = loud;
                peer.Send(raw);
            },
        };
        await using TestServer server = await TestServer.StartAsync(
            transport,
            script.Run(threading),
            new PeerServerOptions { Loops = 1, TimeProvider = clock, Peers = new PeerOptions { HighWatermark = Watermark } });
        using RawClient neighbour = await server.ConnectAsync();
        await neighbour.ExpectEchoAsync(Frames.Raw(1));
        using RawClient shouting = await server.ConnectAsync();
        await shouting.ExpectEchoAsync(Frames.Raw(2));
        Peer[] peers = await script.Peers.NextAsync(2);

        await ShoutAsync(shouting, frame, () => peers[1].Statistics.BytesReceived > Watermark);
        await neighbour.SendAsync(Frames.Raw(3));
        if (threading == Threading.Queued)
        {
            await Guard.UntilAsync(() => peers[0].Statistics.BytesReceived > Frames.Raw(3).Length);
        }
        else
        {
            await PoolThreads.CatchUpAsync();
        }

        go.Set();

        Assert.Equal(Frames.Raw(3), await neighbour.ReceiveAsync(Frames.Raw(3).Length));
        return before;
    }

    /// <summary>Says the same again and again, until enough was read of it or nobody takes more.</summary>
    private static async Task ShoutAsync(RawClient client, byte[] frame, Func<bool> isEnough)
    {
        byte[] many = [.. Enumerable.Repeat(frame, 10_000).SelectMany(static one => one)];
        long sent = 0;
        for (int refused = 0; refused < 1_000 && !isEnough();)
        {
            int taken = client.TrySend(many.AsSpan((int)(sent % frame.Length)));
            sent += taken;
            refused = taken == 0 ? refused + 1 : 0;
            await Task.Yield();
        }
    }
}
