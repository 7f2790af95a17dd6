using Microsoft.Extensions.Time.Testing;
using QContinuum.Buffers;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Scale;

[Collection(nameof(Alone))]
public sealed class Who_holds_little_stays_while_others_keep_much
{
    private const long Allowed = 8L * 1024 * 1024;

    /// <summary>Handlers keep what clients sent who have gone. To close those who are there would free nothing of it.</summary>
    [Theory, EachLine]
    public async Task However_long_that_lasts(Transport transport, Threading threading)
    {
        long limit = BlockPool.HeldBytesOfAll + Allowed;
        FakeTimeProvider clock = new();
        TaskCompletionSource enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Journal<Peer> kept = new();
        Stubborn stubborn = new(enough.Task, kept);
        await using TestServer server = await TestServer.StartAsync(
            transport,
            threading == Threading.Queued ? new QueuedStubborn(stubborn) : new InlineStubborn(stubborn),
            new PeerServerOptions { Loops = 1, MemoryLimit = limit, TimeProvider = clock, DrainTimeout = TimeSpan.Zero });
        byte[] begun = [.. Frames.Header(900, 5), .. new byte[500]];
        List<RawClient> good = [];
        for (int i = 0; i < 3; i++)
        {
            good.Add(await server.ConnectAsync());
            await good[i].SendAsync(begun);
        }

        await server.SettleAsync();
        byte[] large = Frames.Blob(1, new byte[400_000]);
        for (int i = 0; i < 25; i++)
        {
            // Once memory is short, what comes is not read to its end, or closed.
            using RawClient client = await server.ConnectAsync();
            int before = kept.All.Count;
            _ = Record.ExceptionAsync(() => client.SendAsync(large));
            for (int looks = 0; looks < 40 && kept.All.Count == before; looks++)
            {
                clock.Advance(TimeSpan.FromMilliseconds(1));
                await server.SettleAsync();
            }
        }

        Assert.InRange(BlockPool.HeldBytesOfAll, limit / 2, long.MaxValue);
        for (int second = 0; second < 5; second++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await server.SettleAsync();
            await server.SettleAsync();
        }

        bool[] served = new bool[good.Count];
        for (int i = 0; i < good.Count; i++)
        {
            using RawClient client = good[i];
            served[i] = await Record.ExceptionAsync(async () =>
            {
                await client.SendAsync(new byte[400]);
                await client.ReceiveAsync(Frames.HeaderSize + 900);
            }) is null;
        }

        enough.SetResult();
        Assert.All(served, Assert.True);
    }
}

/// <summary>Keeps what it is sent, whoever has gone.</summary>
public sealed class Stubborn(Task enough, Journal<Peer> kept)
{
    internal async ValueTask KeepAsync(Peer peer, Owned<Blob> blob)
    {
        using (blob)
        {
            kept.Add(peer);
            await enough;
        }
    }
}

[Processor(Threading.Queued)]
public sealed partial class QueuedStubborn(Stubborn stubborn)
{
    [Handles]
    private ValueTask On(Peer peer, Owned<Blob> blob) => stubborn.KeepAsync(peer, blob);

    [Handles]
    private void On(Peer peer, Raw raw) => peer.Send(raw);
}

[Processor(Threading.Inline)]
public sealed partial class InlineStubborn(Stubborn stubborn)
{
    [Handles]
    private ValueTask On(Peer peer, Owned<Blob> blob) => stubborn.KeepAsync(peer, blob);

    [Handles]
    private void On(Peer peer, Raw raw) => peer.Send(raw);
}
