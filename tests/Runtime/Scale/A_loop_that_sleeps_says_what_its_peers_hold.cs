using Microsoft.Extensions.Time.Testing;
using QContinuum.Buffers;
using QContinuum.Loops;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Scale;

[Collection(nameof(Alone))]
public sealed class A_loop_that_sleeps_says_what_its_peers_hold
{
    private const int Clients = 60;
    private const int Large = 5;
    private const long Allowed = 8L * 1024 * 1024;

    private static readonly PeerOptions Patient = new()
    {
        FirstMessageTimeout = Timeout.InfiniteTimeSpan,
        MessageTimeout = Timeout.InfiniteTimeSpan,
        IdleTimeout = Timeout.InfiniteTimeSpan,
    };

    private readonly FakeTimeProvider _clock = new();

    /// <summary>Those of the loop that is awake hold far less each, and it is they who make memory short.</summary>
    [Fact]
    public async Task As_soon_as_memory_is_short()
    {
        PollerWatch watch = new();
        Script script = new() { OnOpened = static _ => Lane.Current! };
        PeerServerOptions options = new()
        {
            Loops = 2,
            MemoryLimit = BlockPool.HeldBytesOfAll + Allowed,
            TimeProvider = _clock,
            DrainTimeout = TimeSpan.Zero,
            Pollers = watch.Pollers,
            Peers = Patient,
        };
        await using TestServer server = await TestServer.StartAsync(script.Run(Threading.Inline), options);
        List<(RawClient Client, Peer Peer)> all = [];
        for (int i = 0; i < Clients; i++)
        {
            RawClient client = await server.ConnectAsync();
            all.Add((client, await script.Peers.NextAsync()));
        }

        EventLoop awake = LoopOf(all[0].Peer);
        EventLoop asleep = LoopOf(all.Find(one => LoopOf(one.Peer) != awake).Peer);
        foreach (var (client, peer) in all.Where(one => LoopOf(one.Peer) == asleep).Take(Large))
        {
            await HoldAsync(client, peer, Frames.Header(1024 * 1024, 5), 600_000);
        }

        // Nothing that it waits for comes from now on: neither a message, nor a deadline.
        await Guard.UntilAsync(() => watch.Asleep == 2);
        byte[] rest = new byte[40_000];
        var small = all.FindAll(one => LoopOf(one.Peer) == awake);
        foreach (var (client, peer) in small.TakeWhile(_ => awake.Pressure == MemoryPressure.None))
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            await HoldAsync(client, peer, Frames.Header(60_000 + rest.Length, 5), 60_000, until: () => awake.Pressure != MemoryPressure.None);
        }

        await Guard.UntilAsync(() => asleep.Pressure != MemoryPressure.None);
        await OverAsync(asleep);
        _clock.Advance(TimeSpan.FromSeconds(3));
        var (closed, reason) = await script.Closings.NextAsync();

        // Nobody else is closed for what is on its way back already.
        Assert.Equal((CloseReason.MemoryShort, asleep), (reason, LoopOf(closed)));
        foreach (var (client, peer) in small.Where(static one => one.Peer.Statistics.BytesReceived > 0))
        {
            await client.SendAsync(rest);
            await client.ReceiveAsync(Frames.HeaderSize + 60_000 + rest.Length);
        }

        Assert.All(script.Closings.All, closing => Assert.Equal(asleep, LoopOf(closing.Peer)));
        all.ForEach(static one => one.Client.Dispose());
    }

    /// <summary>Completes when the turn is over in which the loop saw that memory is short.</summary>
    private static Task OverAsync(EventLoop loop)
    {
        TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Post(_ => next.SetResult(), null);
        return next.Task.Guarded();
    }

    private static EventLoop LoopOf(Peer peer) => (EventLoop)peer.State!;

    /// <summary>Sends the beginning of a message, which the server has read afterwards.</summary>
    private static async Task HoldAsync(RawClient client, Peer peer, byte[] header, int body, Func<bool>? until = null)
    {
        await client.SendAsync((byte[])[.. header, .. new byte[body]]);
        await Guard.UntilAsync(() => peer.Statistics.BytesReceived == header.Length + body || until?.Invoke() == true);
    }
}
