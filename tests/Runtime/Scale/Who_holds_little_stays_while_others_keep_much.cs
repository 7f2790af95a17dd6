using Microsoft.Extensions.Time.Testing;
using QContinuum.Buffers;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Scale;

[Collection(nameof(Alone))]
public sealed class Who_holds_little_stays_while_others_keep_much
{
    private const long Allowed = 8L * 1024 * 1024;

    /// <summary>So often the loop looks at what may never be read to its end.</summary>
    private const int Looks = 40;

    /// <summary>Handlers keep what clients sent who have gone. To close those who are there would free nothing of it.</summary>
    [Theory, EachLine]
    public async Task However_long_that_lasts(Transport transport, Threading threading)
    {
        long limit = BlockPool.HeldBytesOfAll + Allowed;
        FakeTimeProvider clock = new();
        Keeper keeper = new() { IsStubborn = true };
        PeerServerOptions options = new() { Loops = 1, MemoryLimit = limit, TimeProvider = clock, DrainTimeout = TimeSpan.Zero };
        await using TestServer server = await TestServer.StartAsync(transport, keeper.Run(threading), options);
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
            int before = keeper.Kept.All.Count;
            _ = Record.ExceptionAsync(() => client.SendAsync(large));
            for (int looks = 0; keeper.Kept.All.Count == before && (looks < Looks || BlockPool.HeldBytesOfAll < limit / 2); looks++)
            {
                // Before memory is short it comes to its end, however long this machine takes; the clock is not to take as long.
                clock.Advance(TimeSpan.FromMilliseconds(looks < Looks ? 1 : 0));
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

        keeper.Enough.SetResult();
        Assert.All(served, Assert.True);
    }
}
