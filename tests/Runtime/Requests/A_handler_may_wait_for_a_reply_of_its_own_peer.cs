using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Requests;

public sealed class A_handler_may_wait_for_a_reply_of_its_own_peer
{
    /// <summary>The lane is held, other messages lie before the reply, and the reply comes through; they have their turn afterwards, in order.</summary>
    [Theory, EachLine]
    public async Task Past_what_waits_before_it(Transport transport, Threading threading)
    {
        var answers = new Journal<Value>();
        await using Line line = await Line.OpenAsync(
            transport,
            threading,
            onEvent: async (peer, number) =>
            {
                if (number == 1)
                {
                    answers.Add(await peer.RequestAsync(new Ask(5)));
                }
            });
        await line.Device.SendAsync(Line.Occur(1));
        byte correlation = await line.ReceiveAskAsync(5);
        await line.Device.SendAsync(Frames.Join(Line.Occur(2), Line.Occur(3), Line.Reply(correlation, 42), Line.Occur(4)));
        Assert.Equal(new Value(42), await answers.NextAsync());
        await line.Device.SendAsync(Line.Occur(5));
        for (byte number = 1; number <= 5; number++)
        {
            Assert.Equal(number, await line.Events.NextAsync());
        }

        // The frame of the reply had its turn, too, and was known: nothing closed the peer, and its correlation is free.
        Task<Value> again = line.Peer.RequestAsync(new Ask(6)).AsTask();
        await line.ReplyAsync(await line.ReceiveAskAsync(6), 43);
        Assert.Equal(new Value(43), await again.Guarded());
    }

    /// <summary>Several waits in one handler, and the bytes of a reply one by one.</summary>
    [Theory, EachLine]
    public async Task Again_and_again(Transport transport, Threading threading)
    {
        var answers = new Journal<Value>();
        await using Line line = await Line.OpenAsync(
            transport,
            threading,
            onEvent: async (peer, number) =>
            {
                for (byte register = 0; register < 3; register++)
                {
                    await Task.Yield();
                    answers.Add(await peer.RequestAsync(new Ask(register)));
                }
            });
        await line.Device.SendAsync(Line.Occur(1));
        for (byte register = 0; register < 3; register++)
        {
            byte correlation = await line.ReceiveAskAsync(register);
            foreach (byte one in Line.Reply(correlation, register))
            {
                await line.Device.SendAsync(new[] { one });
            }

            Assert.Equal(new Value(register), await answers.NextAsync());
        }
    }

    /// <summary>The other side ends: no reply can come, and the handler does not wait for the time-out.</summary>
    [Theory, EachLine]
    public async Task And_learns_at_once_that_none_will_come(Transport transport, Threading threading)
    {
        var failed = new Journal<CloseReason>();
        await using Line line = await Line.OpenAsync(
            transport,
            threading,
            new PeerOptions { RequestTimeout = Timeout.InfiniteTimeSpan },
            async (peer, number) =>
            {
                try
                {
                    await peer.RequestAsync(new Ask(5));
                }
                catch (PeerClosedException exception)
                {
                    failed.Add(exception.Reason);
                }
            });
        await line.Device.SendAsync(Line.Occur(1));
        await line.ReceiveAskAsync(5);
        line.Device.FinishSending();
        Assert.Equal(CloseReason.Remote, await failed.NextAsync());
        await line.Peer.Completion.Guarded();
    }

    /// <summary>The same where it asks for the first time, and only then.</summary>
    [Theory, EachLine]
    public async Task Also_when_it_asks_after_the_end(Transport transport, Threading threading)
    {
        var failed = new Journal<CloseReason>();
        var handled = new Journal<byte>();
        await using Line line = await Line.OpenAsync(
            transport,
            threading,
            new PeerOptions { RequestTimeout = Timeout.InfiniteTimeSpan },
            async (peer, number) =>
            {
                if (number == 1)
                {
                    await Guard.UntilAsync(() => peer.HasNoReplies);
                }

                try
                {
                    await peer.RequestAsync(new Ask(5));
                }
                catch (PeerClosedException exception)
                {
                    failed.Add(exception.Reason);
                }

                // The other side has ended what it sends, not what it reads.
                Assert.Equal(SendResult.Sent, peer.Send(new Ask(number)));
                handled.Add(number);
            });
        await line.Device.SendAsync(Frames.Join(Line.Occur(1), Line.Occur(2)));
        line.Device.FinishSending();
        for (byte number = 1; number <= 2; number++)
        {
            Assert.Equal(CloseReason.Remote, await failed.NextAsync());
            Assert.Equal(number, await handled.NextAsync());
            await line.ReceiveAskAsync(number);
        }

        Assert.Equal(CloseReason.Remote, await line.Peer.Completion.Guarded());
    }
}
