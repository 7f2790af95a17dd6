using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Pulling;

public sealed class A_reader_may_stop_and_go_on
{
    [Theory, EachTransport]
    public async Task After_any_frame(Transport transport)
    {
        const int Count = 300;
        await using TestServer server = await TestServer.StartAsync(transport, new PullProcessor<MessageHeader>());
        (RawClient client, Peer peer) = await PullLine.ConnectAsync(server);
        Task sending = client.SendAsync(Frames.Join(Enumerable.Range(0, Count).Select(static i => Frames.Raw(Frames.Pattern(i + 1, i)))));

        for (int number = 0; number < Count;)
        {
            int some = 1 + (number % 7);
            await foreach (ReceivedFrame frame in peer.ReadAllAsync())
            {
                Assert.Equal(Frames.Pattern(number + 1, number), frame.Body.ToArray());
                number++;
                if (--some == 0 || number == Count)
                {
                    break;
                }
            }
        }

        await sending.Guarded();
        client.Dispose();
        await peer.DisposeAsync();
    }

    /// <summary>The rest of what is left in the middle is skipped.</summary>
    [Theory, EachTransport]
    public async Task In_the_middle_of_a_body_that_comes_in_pieces(Transport transport)
    {
        const int Count = 200;
        await using TestServer server = await TestServer.StartAsync(transport, new PullProcessor<MessageHeader> { StreamOver = 100 });
        (RawClient client, Peer peer) = await PullLine.ConnectAsync(server);
        Task sending = client.SendAsync(Frames.Join(Enumerable.Range(0, Count).Select(static i => Frames.Raw([(byte)i, .. new byte[i % 2 == 0 ? 50 : 90_000]]))));

        for (int number = 0; number < Count;)
        {
            await foreach (ReceivedFrame frame in peer.ReadAllAsync())
            {
                ReadOnlyMemory<byte> piece = await frame.ReadBodyAsync();
                Assert.Equal((byte)number, piece.Span[0]);
                number++;
                if (number % 3 == 0 || number == Count)
                {
                    break;
                }

                while (number % 5 == 0 && !(await frame.ReadBodyAsync()).IsEmpty)
                {
                }
            }
        }

        // The rest of the last one is skipped as well, and nothing is behind it.
        Task<bool> isMore = peer.ReadAllAsync().GetAsyncEnumerator().MoveNextAsync().AsTask();
        await sending.Guarded();
        client.FinishSending();
        Assert.False(await isMore.Guarded());
        client.Dispose();
        await peer.DisposeAsync();
    }

    /// <summary>What it has not read when the other side resets may be gone; but nothing is read behind a gap.</summary>
    [Theory, EachTransport]
    public async Task And_reads_no_frame_behind_one_that_is_lost(Transport transport)
    {
        for (int round = 0; round < 20; round++)
        {
            await using TestServer server = await TestServer.StartAsync(transport, new PullProcessor<MessageHeader> { StreamOver = 100 });
            (RawClient client, Peer peer) = await PullLine.ConnectAsync(server);
            await client.SendAsync(Frames.Join(Frames.Raw(1), Frames.Raw([2, .. new byte[500]]), Frames.Raw(3)));
            await Guard.UntilAsync(() => peer.Statistics.BytesReceived > 500);
            client.Reset();
            if (transport != Transport.Unix)
            {
                // There it is an end like others, and nothing is lost: it waits for who reads.
                await peer.Completion.Guarded();
            }

            byte expected = 1;
            try
            {
                await foreach (ReceivedFrame frame in peer.ReadAllAsync())
                {
                    Assert.Equal(expected++, (await frame.ReadBodyAsync()).Span[0]);
                }
            }
            catch (PeerClosedException closed)
            {
                Assert.Equal(CloseReason.Reset, closed.Reason);
            }
        }
    }

    /// <summary>A second's worth at once, and the one that finds it used up; then five a second, though all of them are there.</summary>
    [Theory, EachTransport(0, 1_000)]
    public async Task And_has_its_rate(Transport transport, int over)
    {
        const int Rate = 5, Count = 20;
        await using TimedPullServer server = await TimedPullServer.StartAsync(
            transport,
            new PullProcessor<MessageHeader> { StreamOver = over },
            new PeerOptions { MaxMessagesPerSecond = Rate });
        (RawClient client, Peer peer) = await server.ConnectAsync();
        await client.SendAsync(Frames.Join(Enumerable.Repeat(Frames.Raw(1), Count)));
        int read = 0;
        Task reading = Task.Run(async () =>
        {
            await foreach (ReceivedFrame frame in peer.ReadAllAsync())
            {
                while (!(await frame.ReadBodyAsync()).IsEmpty)
                {
                }

                if (Interlocked.Increment(ref read) == Count)
                {
                    break;
                }
            }
        });

        int second = 0;
        for (; !reading.IsCompleted; second++)
        {
            Assert.InRange(Volatile.Read(ref read), 0, 1 + Rate + (second * Rate));
            Assert.InRange(second, 0, 100);
            await server.PassAsync(1);
        }

        await reading.Guarded();
        Assert.InRange(second, (Count - 1 - Rate) / Rate, 100);

        // What it is over the rate by would otherwise hold up its end: nobody else moves the clock.
        await server.PassAsync(5);
        client.Dispose();
        await peer.DisposeAsync().Guarded();
    }
}
