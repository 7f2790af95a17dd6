using QContinuum.Buffers;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Scale;

[Collection(nameof(Alone))]
public sealed class Memory_stays_within_its_limit
{
    private const long Allowed = 8L * 1024 * 1024;

    /// <summary>What a single turn of a loop may add before anybody looks: a read, and answers to it.</summary>
    private const long Slack = 4L * 1024 * 1024;

    /// <summary>What nobody reads is waited for until then when the server stops.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);

    /// <summary>What is posted to a loop and runs in one turn, at most.</summary>
    private const int LooksATurn = 256;

    /// <summary>Each begins a message of a mebibyte and never ends it.</summary>
    [Theory, EachLine]
    public async Task Though_many_messages_are_never_finished(Transport transport, Threading threading)
    {
        Script script = new();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), Options());
        using RawClient good = await server.ConnectAsync();
        await good.ExpectEchoAsync(Frames.Raw(1));
        List<RawClient> bad = [];
        byte[] half = [.. Frames.Header(1024 * 1024, 5), .. new byte[512 * 1024]];
        long most = 0;
        for (int i = 0; i < 20; i++)
        {
            RawClient client = await server.ConnectAsync();
            bad.Add(client);
            await Flood.UntilRefusedAsync(client, half, async () =>
            {
                await good.ExpectEchoAsync(Frames.Raw(2));
                most = Math.Max(most, BlockPool.HeldBytesOfAll);
            });
            await good.ExpectEchoAsync(Frames.Raw(3));
            most = Math.Max(most, BlockPool.HeldBytesOfAll);
        }

        Assert.InRange(most - Before, 0, Allowed + Slack);

        // Those who hold most have to make room; the good one is served all the time, and new ones afterwards.
        Assert.Equal(CloseReason.MemoryShort, (await script.Closings.NextAsync()).Reason);
        await good.ExpectEchoAsync(Frames.Raw(4));
        bad.ForEach(static client => client.Dispose());
        using RawClient late = await server.ConnectAsync();
        await late.ExpectEchoAsync(Frames.Raw(5));
    }

    /// <summary>Each has a block that is nearly full, so that a little more makes all of them take twice as much, before anybody has looked again.</summary>
    [Theory, EachLine]
    public async Task Though_all_grow_at_once(Transport transport, Threading threading)
    {
        Script script = new();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), Options());
        byte[] half = [.. Frames.Header(1024 * 1024, 5), .. new byte[(512 * 1024) - 1_000]];
        List<RawClient> bad = [];
        for (int i = 0; i < 10; i++)
        {
            RawClient client = await server.ConnectAsync();
            bad.Add(client);
            for (int sent = 0; sent < half.Length;)
            {
                sent += client.TrySend(half.AsSpan(sent));
                await server.SettleAsync();
            }
        }

        long most = BlockPool.HeldBytesOfAll;
        byte[] more = new byte[2_000];
        foreach (RawClient client in bad)
        {
            client.TrySend(more);
        }

        for (int i = 0; i < 20; i++)
        {
            await server.SettleAsync();
            most = Math.Max(most, BlockPool.HeldBytesOfAll);
        }

        Assert.InRange(most - Before, 4L * 1024 * 1024, Allowed);
        bad.ForEach(static client => client.Dispose());
    }

    /// <summary>None of them holds much.</summary>
    [Theory, EachThreading]
    public async Task Though_each_of_very_many_holds_little(Threading threading)
    {
        Script script = new();
        await using TestServer server = await TestServer.StartAsync(script.Run(threading), Options());
        byte[] half = [.. Frames.Header(20_000, 5), .. new byte[12_000]];
        List<RawClient> bad = [];
        for (int i = 0; i < 700; i++)
        {
            RawClient client = await server.ConnectAsync();
            bad.Add(client);
            client.TrySend(half);
        }

        Assert.Equal(CloseReason.MemoryShort, (await script.Closings.NextAsync()).Reason);

        // Somebody new is accepted although the others stay.
        using RawClient good = await server.ConnectAsync();
        await good.ExpectEchoAsync(Frames.Raw(1));
        Assert.InRange(BlockPool.HeldBytesOfAll - Before, 0, Allowed + Slack);
        bad.ForEach(static client => client.Dispose());
    }

    [Fact]
    public async Task Though_what_is_given_to_readers_is_not_read()
    {
        await using TestServer server = await TestServer.StartAsync(new PullProcessor<MessageHeader>(), Options() with { DrainTimeout = Soon });
        byte[] much = Frames.Join(Enumerable.Repeat(Frames.Raw(new byte[1_000]), 60));
        List<RawClient> bad = [];
        for (int i = 0; i < 500 && !IsShort(); i++)
        {
            RawClient client = await server.ConnectAsync();
            bad.Add(client);
            client.TrySend(much);
        }

        await Guard.UntilAsync(IsShort);
        Assert.InRange(BlockPool.HeldBytesOfAll - Before, 0, Allowed + Slack);
        bad.ForEach(static client => client.Dispose());

        bool IsShort() => server.Log.All.Any(static line => line.Contains("MemoryShort", StringComparison.Ordinal));
    }

    /// <summary>All of it is there when the loop comes back, so that it is read in one turn.</summary>
    [Fact]
    public async Task Though_what_is_given_to_readers_has_come_at_once()
    {
        using ManualResetEventSlim go = new();
        TaskCompletionSource stands = new(TaskCreationOptions.RunContinuationsAsynchronously);
        PullProcessor<MessageHeader> pulled = new();
        long most = 0;
        int looks = 0;
        bool isOver = false;
        Script script = new()
        {
            OnMove = (peer, _) => peer.Redirect(pulled),
            OnRaw = (_, _) =>
            {
                // From now on in every turn, after what was ready in it.
                Sample();
                stands.SetResult();
                go.Wait(Guard.Patience);
            },
        };
        await using TestServer server = await TestServer.StartAsync(script.Run(Threading.Inline), Options() with { DrainTimeout = Soon });
        using RawClient holder = await server.ConnectAsync();
        await script.Peers.NextAsync();
        List<RawClient> bad = [];
        for (int i = 0; i < 300; i++)
        {
            bad.Add(await server.ConnectAsync());
            await bad[i].SendAsync(Frames.Move(1, 0, 0));
        }

        await Guard.UntilAsync(() => script.Peers.All.Count(peer => peer.Processor == pulled) == bad.Count);
        await holder.SendAsync(Frames.Raw(1));
        await stands.Task.Guarded();
        byte[] much = Frames.Join(Enumerable.Repeat(Frames.Raw(new byte[1_000]), 60));
        bad.ForEach(client => client.TrySend(much));
        go.Set();
        await Guard.UntilAsync(() => server.Log.All.Any(static line => line.Contains("MemoryShort", StringComparison.Ordinal)));
        int seen = Volatile.Read(ref looks);
        await Guard.UntilAsync(() => Volatile.Read(ref looks) > seen + (2 * LooksATurn));
        Volatile.Write(ref isOver, true);

        Assert.InRange(Volatile.Read(ref most) - Before, Allowed * 3 / 4, Allowed + Slack);
        bad.ForEach(static client => client.Dispose());

        void Sample()
        {
            most = Math.Max(most, BlockPool.HeldBytesOfAll);
            Volatile.Write(ref looks, looks + 1);
            if (!Volatile.Read(ref isOver))
            {
                SynchronizationContext.Current!.Post(_ => Sample(), null);
            }
        }
    }

    /// <summary>Each is sent what it does not read.</summary>
    [Theory, EachLine]
    public async Task Though_many_do_not_read(Transport transport, Threading threading)
    {
        Script script = new();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), Options());
        using RawClient good = await server.ConnectAsync();
        await good.ExpectEchoAsync(Frames.Raw(1));
        await script.Peers.NextAsync();
        List<RawClient> bad = [];
        byte[] data = new byte[60_000];
        long most = 0;
        for (int i = 0; i < 5; i++)
        {
            bad.Add(await server.ConnectAsync(receiveBuffer: 4096));
            Peer peer = await script.Peers.NextAsync();
            for (int congested = 0; congested < 40;)
            {
                SendResult result = peer.Send(new Raw(data));
                congested += result == SendResult.Sent ? 0 : 1;
                most = Math.Max(most, BlockPool.HeldBytesOfAll);

                // The kernel takes what it has room for; what is congested afterwards stays here.
                await good.ExpectEchoAsync(Frames.Raw(2));
                if (result > SendResult.Congested)
                {
                    break;
                }
            }
        }

        Assert.InRange(most - Before, 0, Allowed + Slack);
        Assert.Equal(CloseReason.MemoryShort, (await script.Closings.NextAsync()).Reason);
        await good.ExpectEchoAsync(Frames.Raw(4));
        bad.ForEach(static client => client.Dispose());
    }

    [Fact]
    public async Task And_the_budget_says_what_it_is()
    {
        await using PeerServer server = new(
            new Script().Run(Threading.Queued), new PeerServerOptions { Loops = 2, MaxPeers = 10_240, MemoryLimit = 100L * 1024 * 1024 });
        server.ListenMemory();
        await server.StartAsync();

        MemoryBudget budget = server.MemoryBudget;

        Assert.Equal(100L * 1024 * 1024, budget.Limit);
        Assert.Equal(3, budget.Lanes);
        Assert.Equal(10_240, budget.Peers);
        Assert.Equal(budget.Limit + budget.Reserve + budget.Objects, budget.Total);
        Assert.Equal(
            "memory budget: 206 MiB (100 for queues and unfinished messages, 96 kept free by 3 threads, 10 for 10240 peers)",
            budget.ToString());
    }

    [Fact]
    public void Less_than_4_MiB_are_none()
        => Assert.Throws<ArgumentOutOfRangeException>(() => new PeerServerOptions { MemoryLimit = 1024 });

    /// <summary>What the tests that ran before left behind.</summary>
    private long Before { get; } = BlockPool.HeldBytesOfAll;

    private PeerServerOptions Options() => new() { Loops = 1, MemoryLimit = Before + Allowed };
}
