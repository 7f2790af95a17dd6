using QContinuum.Buffers;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;
using QContinuum.Transports;

namespace QContinuum.Runtime.Tests.Scale;

[Collection(nameof(Alone))]
public sealed class What_is_owned_counts
{
    private const int Size = 200_000;
    private const long Allowed = 8L * 1024 * 1024;

    /// <summary>What a single turn of a loop may add before anybody looks: a read, and a message of a mebibyte, twice: as it was gathered, and as it is kept.</summary>
    private const long Slack = 4L * 1024 * 1024;

    /// <summary>What the tests that ran before left behind.</summary>
    private long Before { get; } = BlockPool.HeldBytesOfAll;

    [Theory, EachLine]
    public async Task Towards_its_peer_until_it_is_disposed_of(Transport transport, Threading threading)
    {
        Keeper keeper = new();
        await using TestServer server = await TestServer.StartAsync(transport, keeper.Run(threading));
        using RawClient client = await server.ConnectAsync();
        await client.SendAsync(Frames.Blob(1, new byte[Size]));
        Peer peer = await keeper.Kept.NextAsync();

        // What the frame was gathered in goes back meanwhile.
        Assert.InRange(((IConnectionOwner)peer).Held, Size, long.MaxValue);
        Assert.InRange(BlockPool.HeldBytesOfAll - Before, Size, long.MaxValue);

        keeper.Enough.SetResult();
        await client.ReceiveAsync(Frames.HeaderSize + 12);
        await Guard.UntilAsync(() => ((IConnectionOwner)peer).Held == 0);
    }

    [Theory, EachLine]
    public async Task And_who_owns_most_makes_room(Transport transport, Threading threading)
    {
        Keeper keeper = new();

        // No deadline wakes the loop, which sleeps while a pump takes the last of the memory.
        PeerOptions patient = new() { FirstMessageTimeout = Timeout.InfiniteTimeSpan, MessageTimeout = Timeout.InfiniteTimeSpan, IdleTimeout = Timeout.InfiniteTimeSpan };
        PeerServerOptions options = new() { Loops = 1, MemoryLimit = Before + Allowed, DrainTimeout = TimeSpan.Zero, Peers = patient };
        await using TestServer server = await TestServer.StartAsync(transport, keeper.Run(threading), options);
        byte[] large = Frames.Blob(1, new byte[(1024 * 1024) - 4]);
        List<RawClient> clients = [];
        long most = 0;
        bool IsShort() => keeper.Kept.All.Any(static peer => peer.Reason == CloseReason.MemoryShort);

        // One after another, so that what fills the memory is what is owned: a block of two mebibytes each.
        for (int i = 0; i < 3; i++)
        {
            RawClient client = await server.ConnectAsync();
            clients.Add(client);
            await client.SendAsync(large);
            await Guard.UntilAsync(() =>
            {
                most = Math.Max(most, BlockPool.HeldBytesOfAll);
                return keeper.Kept.All.Count > i || IsShort();
            });
        }

        await Guard.UntilAsync(IsShort);
        Assert.InRange(most - Before, 0, Allowed + Slack);
        clients.ForEach(static client => client.Dispose());
    }

    [Theory, EachLine]
    public async Task A_reply_as_well(Transport transport, Threading threading)
    {
        const int Length = 60_000;
        await using CallLine line = await CallLine.OpenAsync(transport, new CallScript(), threading);
        Task<Owned<Page>> asked = line.Peer.RequestAsync(new Lookup(1)).AsTask();
        byte call = (await line.ReceiveAsync())[3];
        await line.SendAsync(CallFrames.Page(call, 1, new byte[Length]));
        Owned<Page> page = await asked.Guarded();
        await Guard.UntilAsync(() => ((IConnectionOwner)line.Peer).Held == 0);
        Assert.InRange(BlockPool.HeldBytesOfAll - Before, Length, long.MaxValue);

        long with = BlockPool.HeldBytesOfAll;
        page.Dispose();
        Assert.InRange(with - BlockPool.HeldBytesOfAll, Length, long.MaxValue);
    }
}
