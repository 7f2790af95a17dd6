using Microsoft.Extensions.Time.Testing;
using QContinuum.Buffers;
using QContinuum.Loops;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Scale;

[Collection(nameof(Alone))]
public sealed class Tiny_answers_that_wait_share_memory
{
    private const int Clients = 8;
    private const long Allowed = 8L * 1024 * 1024;

    /// <summary>So many rounds bring about anything that they may: fewer seconds than a peer may take nothing.</summary>
    private const int MostRounds = 1_000;

    /// <summary>What a single turn of a loop may add before anybody looks: a read, and answers to it.</summary>
    private const long Slack = 1024 * 1024;

    /// <summary>Between two rounds: memory is looked at once in each.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);

    private static readonly byte[] Request = Frames.Raw(1, 2, 3, 4);

    private readonly FakeTimeProvider _clock = new();
    private readonly Script _script = new();
    private readonly List<RawClient> _clients = [];
    private readonly List<Peer> _peers = [];

    /// <summary>Each answer is made in a block of 16 KiB, which is given back.</summary>
    [Theory, EachLine]
    public async Task Of_clients_that_read_nothing(Transport transport, Threading threading)
    {
        const int Rounds = 100;
        await using TestServer server = await StartAsync(transport, threading);
        long before = BlockPool.HeldBytesOfAll;
        for (int round = 0; round < Rounds; round++)
        {
            await AskAsync(server);
        }

        // None has more than the block that is being filled, and the next one.
        Assert.InRange(BlockPool.HeldBytesOfAll - before, 0, (2 * Clients * BlockPool.StandardSize) + Slack);
        Assert.Empty(_script.Closings.All);
        _clients.ForEach(static client => client.Dispose());
    }

    /// <summary>An answer has no place behind what the application sends: then each has a block of its own, and all of it counts.</summary>
    [Theory, EachLine]
    public async Task And_where_they_cannot_they_count_as_what_they_take(Transport transport, Threading threading)
    {
        await using TestServer server = await StartAsync(transport, threading);
        long before = BlockPool.HeldBytesOfAll;
        long countedBefore = await CountedAsync(server);
        int rounds = 0;
        while (BlockPool.HeldBytesOfAll - before < Allowed / 2)
        {
            Assert.InRange(++rounds, 1, MostRounds);
            await AskAsync(server);
            _peers.ForEach(static peer => peer.Send(new Raw([1])));
        }

        await server.SettleAsync();
        Assert.InRange(await CountedAsync(server) - countedBefore, Allowed / 2 * 3 / 4, long.MaxValue);

        long most = 0;
        while (_script.Closings.All.Count == 0)
        {
            Assert.InRange(++rounds, 1, MostRounds);
            await AskAsync(server);
            _peers.ForEach(static peer => peer.Send(new Raw([1])));
            most = Math.Max(most, BlockPool.HeldBytesOfAll - Before);
            Assert.InRange(most, 0, Allowed + Slack);
        }

        // They are alike: it is enough that some go.
        await server.SettleAsync();
        Assert.All(_script.Closings.All, static closing => Assert.Equal(CloseReason.MemoryShort, closing.Reason));
        Assert.InRange(_script.Closings.All.Count, 1, Clients / 2);
        using RawClient late = await server.ConnectAsync();
        Task served = late.ExpectEchoAsync(Request);
        await Guard.UntilAsync(() =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            return served.IsCompleted;
        });
        await served;
        _clients.ForEach(static client => client.Dispose());
    }

    /// <summary>What the tests that ran before left behind.</summary>
    private long Before { get; } = BlockPool.HeldBytesOfAll;

    /// <summary>Clients whose connections take no more: what is sent to them from now on waits.</summary>
    private async Task<TestServer> StartAsync(Transport transport, Threading threading)
    {
        PeerServerOptions options = new() { Loops = 1, MemoryLimit = Before + Allowed, TimeProvider = _clock, DrainTimeout = TimeSpan.Zero };
        TestServer server = await TestServer.StartAsync(transport, _script.Run(threading), options);
        await server.SettleAsync();
        await _script.Peers.NextAsync();
        for (int i = 0; i < Clients; i++)
        {
            _clients.Add(await server.ConnectAsync(receiveBuffer: 4096));
            Peer peer = await _script.Peers.NextAsync();
            _peers.Add(peer);
            await FillAsync(server, peer);
        }

        return server;
    }

    /// <summary>By the kernel's word that it has no room, twice: it may make some for what it has taken.</summary>
    private static async Task FillAsync(TestServer server, Peer peer)
    {
        byte[] piece = new byte[64_000];
        long sent = 0;
        for (int refused = 0; refused < 2;)
        {
            peer.Send(new Raw(piece));
            sent += Frames.HeaderSize + piece.Length;

            // The turn that answers the first time may be the one that sends afterwards.
            await server.SettleAsync();
            await server.SettleAsync();
            refused = peer.Statistics.BytesSent < sent ? refused + 1 : 0;
        }
    }

    /// <summary>One request of each, and the answers to them are on their way.</summary>
    private async Task AskAsync(TestServer server)
    {
        _clock.Advance(Moment);
        foreach (RawClient client in _clients)
        {
            Record.Exception(() => client.TrySend(Request));
        }

        await server.SettleAsync();
    }

    /// <summary>What is counted for all that loops watch.</summary>
    private static async Task<long> CountedAsync(TestServer server)
    {
        long sum = 0;
        LoopGroup.ForEachOfAll(null, (pollable, _) => Interlocked.Add(ref sum, pollable.Held));

        // The turn that answers is the one that counts afterwards.
        await server.SettleAsync();
        await server.SettleAsync();
        return Interlocked.Read(ref sum);
    }
}
