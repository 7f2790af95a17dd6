using QContinuum.Loops;
using QContinuum.Runtime.Tests.Deadlines;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Limits;

public sealed class A_peer_has_its_rate
{
    /// <summary>Eleven are handled at once: a second's worth, and the one that finds it used up. Then ten a second.</summary>
    [Theory, EachLine]
    public async Task Of_messages(Transport transport, Threading threading)
    {
        Journal<int> handled = new();
        Script script = new() { OnMove = (_, move) => handled.Add(move.Entity) };
        await using TimedServer server = await TimedServer.StartAsync(
            transport,
            threading, new PeerOptions { MaxMessagesPerSecond = 10 }, script);
        using RawClient client = await server.ConnectAsync();

        await client.SendAsync(Frames.Join(Enumerable.Range(0, 100).Select(static i => Frames.Move(i, 0, 0))));
        Assert.Equal(Enumerable.Range(0, 11), await handled.NextAsync(11));

        await server.PassAsync(1);
        Assert.InRange(handled.All.Count, 12, 21);
        for (int second = 0; second < 15; second++)
        {
            // The bystander of the server is limited as well.
            await server.PassAsync(1);
        }

        Assert.Equal(Enumerable.Range(11, 89), await handled.NextAsync(89));
        Assert.Empty(server.Reasons);
    }

    /// <summary>A handler that awaits is no way round it.</summary>
    [Theory, EachLine]
    public async Task Of_messages_that_are_handled_later(Transport transport, Threading threading)
    {
        Journal<int> handled = new();
        Script script = new()
        {
            OnAsk = async (_, ask) =>
            {
                await Task.Yield();
                handled.Add((int)ask.Number);
            },
        };
        await using TimedServer server = await TimedServer.StartAsync(transport, threading, new PeerOptions { MaxMessagesPerSecond = 10 }, script);
        using RawClient client = await server.ConnectAsync();

        await client.SendAsync(Frames.Join(Enumerable.Range(0, 40).Select(static i => Frames.Ask(i))));
        Assert.Equal(Enumerable.Range(0, 11), await handled.NextAsync(11));

        await server.PassAsync(1);
        Assert.InRange(handled.All.Count, 11, 21);
        for (int second = 0; second < 10; second++)
        {
            await server.PassAsync(1);
        }

        Assert.Equal(Enumerable.Range(11, 29), await handled.NextAsync(29));
        Assert.Empty(server.Reasons);
    }

    /// <summary>What it sent at once would take minutes to handle: nobody is kept so long for somebody who has gone.</summary>
    [Theory, EachLine]
    public async Task And_is_not_kept_for_it_once_it_has_gone(Transport transport, Threading threading)
    {
        Journal<int> handled = new();
        Script script = new() { OnMove = (_, move) => handled.Add(move.Entity) };
        PeerOptions options = new() { MaxMessagesPerSecond = 5, IdleTimeout = TimeSpan.FromSeconds(10) };
        await using TimedServer server = await TimedServer.StartAsync(transport, threading, options, script);
        using (RawClient client = await server.ConnectAsync())
        {
            await client.SendAsync(Frames.Join(Enumerable.Range(0, 2_000).Select(static i => Frames.Move(i, 0, 0))));
            Assert.Equal(Enumerable.Range(0, 6), await handled.NextAsync(6));
            client.FinishSending();
            await server.PassAsync(5);
            Assert.Empty(server.Reasons);
            for (int second = 0; !server.Reasons.Any(); second++)
            {
                Assert.True(second < 30, "it stays");
                await server.PassAsync(1);
            }
        }

        Assert.Equal([CloseReason.Idle], server.Reasons);
    }

    [Theory, EachLine]
    public async Task Of_bytes(Transport transport, Threading threading)
    {
        const int Size = 64 * 1024;
        Journal<int> handled = new();
        Script script = new() { OnRaw = (peer, raw) => { handled.Add(raw.Data.Length); peer.Send(raw); } };

        // The clock is moved while the client, on other threads, may not have had its turn.
        PeerOptions options = new()
        {
            MaxBytesPerSecond = Size,
            FirstMessageTimeout = Timeout.InfiniteTimeSpan,
            MessageTimeout = Timeout.InfiniteTimeSpan,
            SendTimeout = Timeout.InfiniteTimeSpan,
        };
        await using TimedServer server = await TimedServer.StartAsync(transport, threading, options, script);
        using RawClient client = await server.ConnectAsync();
        await server.PassAsync(2);

        // Ten seconds' worth: never all of it before they are over.
        byte[] all = Frames.Join(Enumerable.Range(0, 20).Select(static i => Frames.Raw(new byte[(Size / 2) - Frames.HeaderSize])));
        Task sending = client.SendAsync(all);
        for (int second = 0; second < 5; second++)
        {
            await server.PassAsync(1);
        }

        int early = handled.All.Count(static length => length > 100);
        Assert.InRange(early, 1, 2 * (5 + 2));
        Task<byte[]> echo = client.ReceiveAsync(all.Length);
        for (int second = 0; !echo.IsCompleted; second++)
        {
            Assert.True(second < 100, "the rest does not come");
            await server.PassAsync(1);
        }

        Assert.Equal(all, await echo);
        await sending;
        Assert.Empty(server.Reasons);
    }

    [Fact]
    public void A_limit_lets_through_what_its_rate_says()
    {
        RateLimit limit = default;
        long now = 1_000_000;
        int passed = 0;
        for (int millisecond = 0; millisecond < 10_000; millisecond++)
        {
            while (limit.Count(1, 100, now + millisecond) == 0)
            {
                passed++;
            }
        }

        // A second's worth at once, and ten seconds; who is refused is counted as well.
        Assert.InRange(passed, 99, 1_100);

        RateLimit high = default;
        int most = 0;
        for (int millisecond = 0; millisecond < 10; millisecond++)
        {
            for (; high.Count(1, 1_500_000, now + millisecond) == 0; most++)
            {
                Assert.True(most < 10_000_000, "a high rate is a rate");
            }
        }

        Assert.InRange(most, 1_400_000, 1_600_000);

        RateLimit once = default;
        Assert.Equal(0, once.Count(100, 100, now));
        Assert.Equal(1_000, once.Count(100, 100, now));
        Assert.Equal(10, once.Count(1, 100, now + 1_000));
        Assert.Equal(0, once.Count(1, 100, now + 100_000));
    }

    [Theory, InlineData(0), InlineData(-1)]
    public void Less_than_one_is_none(int rate)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PeerOptions { MaxMessagesPerSecond = rate });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PeerOptions { MaxBytesPerSecond = rate });
    }
}
