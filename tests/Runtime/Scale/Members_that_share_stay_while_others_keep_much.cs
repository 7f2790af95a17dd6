using Microsoft.Extensions.Time.Testing;
using QContinuum.Buffers;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Scale;

[Collection(nameof(Alone))]
public sealed class Members_that_share_stay_while_others_keep_much
{
    private const int Members = 100;
    private const int MostOthers = 80;
    private const long Allowed = 8L * 1024 * 1024;

    /// <summary>More than any of the others keeps; but it is the same for all.</summary>
    private const int WaitsForEach = 300_000;

    private static readonly PeerOptions Patient = new()
    {
        FirstMessageTimeout = Timeout.InfiniteTimeSpan,
        MessageTimeout = Timeout.InfiniteTimeSpan,
        SendTimeout = Timeout.InfiniteTimeSpan,
        IdleTimeout = Timeout.InfiniteTimeSpan,
    };

    private readonly FakeTimeProvider _clock = new();

    /// <summary>What waits for a member is a view of what waits for all: to close one frees nothing, and those who keep the rest have to go.</summary>
    [Theory, EachLine]
    public async Task Though_much_waits_for_each(Transport transport, Threading threading)
    {
        Script script = new();
        PeerServerOptions options = new()
        {
            Loops = 1,
            MemoryLimit = BlockPool.HeldBytesOfAll + Allowed,
            TimeProvider = _clock,
            DrainTimeout = TimeSpan.Zero,
            Peers = Patient,
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), options);
        List<RawClient> clients = [];
        List<Peer> members = [];
        Group group = new();
        for (int i = 0; i < Members; i++)
        {
            clients.Add(await server.ConnectAsync(receiveBuffer: 4096));
            members.Add(await script.Peers.NextAsync());
            group.Add(members[i]);
        }

        byte[] news = new byte[100_000];
        long sent = 0;
        while (members.Exists(member => sent - member.Statistics.BytesSent < WaitsForEach))
        {
            Assert.Equal(Members, group.Send(new Raw(news)));
            sent += Frames.HeaderSize + news.Length;
            await TurnAsync(server);
        }

        byte[] begun = [.. Frames.Header(200_000, 5), .. new byte[100_000]];
        List<RawClient> others = [];
        for (int turns = 0; script.Closings.All.Count == 0; turns++)
        {
            Assert.InRange(turns, 0, 1_000);
            if (others.Count < MostOthers)
            {
                others.Add(await server.ConnectAsync());
            }

            // Who was closed meanwhile takes nothing more.
            RawClient client = others[^1];
            int left = begun.Length;
            Record.Exception(() => left -= client.TrySend(begun));
            await TurnAsync(server);
            if (left > 0)
            {
                Record.Exception(() => client.TrySend(begun.AsSpan(begun.Length - left)));
            }
        }

        for (int second = 0; second < 5; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await TurnAsync(server);
        }

        Assert.All(script.Closings.All, static closing => Assert.Equal(CloseReason.MemoryShort, closing.Reason));
        Assert.DoesNotContain(script.Closings.All, closing => members.Contains(closing.Peer));
        Assert.Equal(Members, group.Count);
        others.ForEach(static other => other.Dispose());
        clients.ForEach(static client => client.Dispose());
    }

    /// <summary>A moment later: what came before it has been looked at.</summary>
    private async Task TurnAsync(TestServer server)
    {
        _clock.Advance(TimeSpan.FromMilliseconds(20));
        await server.SettleAsync();
        await server.SettleAsync();
    }
}
