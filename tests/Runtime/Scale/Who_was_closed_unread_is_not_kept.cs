using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using QContinuum.Buffers;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Scale;

[Collection(nameof(Alone))]
public sealed class Who_was_closed_unread_is_not_kept
{
    private const long Allowed = 4L * 1024 * 1024;

    /// <summary>The loop knows whom it closed until they hold nothing: what waits for a reader who never comes is held by nobody.</summary>
    [Theory, EachTransport]
    public async Task When_memory_was_short(Transport transport)
    {
        ConcurrentBag<WeakReference<Peer>> peers = [];
        FakeTimeProvider clock = new();
        PeerServerOptions options = new()
        {
            Loops = 1,
            MemoryLimit = BlockPool.HeldBytesOfAll + Allowed,
            TimeProvider = clock,
            DrainTimeout = TimeSpan.Zero,
            Peers = new PeerOptions { FirstMessageTimeout = Timeout.InfiniteTimeSpan, MessageTimeout = Timeout.InfiniteTimeSpan, IdleTimeout = Timeout.InfiniteTimeSpan },
        };
        await using TestServer server = await TestServer.StartAsync(transport, new PullProcessor<MessageHeader>(), options);
        using CancellationTokenSource over = new();
        Task accepting = AcceptAsync(server.Server, peers, over.Token);
        byte[] much = Frames.Join(Enumerable.Repeat(Frames.Raw(new byte[1_000]), 60));
        List<RawClient> clients = [];
        for (int i = 0; i < 500 && !IsShort(); i++)
        {
            RawClient client = await server.ConnectAsync();
            clients.Add(client);
            client.TrySend(much);
            clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        await Guard.UntilAsync(() =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(1));
            return IsShort();
        });
        WeakReference<Peer>[] closed = Closed(peers);
        clients.ForEach(static client => client.Dispose());
        clients.Clear();

        Assert.NotEmpty(closed);
        await Guard.UntilAsync(() =>
        {
            GC.Collect();
            return closed.All(static peer => !peer.TryGetTarget(out _));
        });
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => accepting).Guarded();

        bool IsShort() => Closed(peers).Length > 0;
    }

    private static async Task AcceptAsync(PeerServer server, ConcurrentBag<WeakReference<Peer>> peers, CancellationToken over)
    {
        while (true)
        {
            peers.Add(new WeakReference<Peer>(await server.AcceptAsync(over)));
        }
    }

    private static WeakReference<Peer>[] Closed(IEnumerable<WeakReference<Peer>> peers)
        => [.. peers.Where(static peer => peer.TryGetTarget(out Peer? there) && there.Reason == CloseReason.MemoryShort)];
}
