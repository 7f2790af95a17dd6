using Microsoft.Extensions.Time.Testing;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Requests;

public sealed class A_request_that_is_given_up_rests
{
    [Theory, EachLine]
    public async Task When_it_is_cancelled_and_its_late_reply_is_nobodys(Transport transport, Threading threading)
    {
        await using Line line = await Line.OpenAsync(transport, threading);
        using var cancelled = new CancellationTokenSource();
        Task<Value> first = line.Peer.RequestAsync(new Ask(1), cancelled.Token).AsTask();
        byte late = await line.ReceiveAskAsync(1);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.Guarded());

        Task<Value> second = line.Peer.RequestAsync(new Ask(2)).AsTask();
        byte correlation = await line.ReceiveAskAsync(2);
        Assert.NotEqual(late, correlation);
        await line.Device.SendAsync(Frames.Join(Line.Reply(late, 1), Line.Reply(correlation, 2)));
        Assert.Equal(new Value(2), await second.Guarded());
        Assert.Equal(CloseReason.None, line.Peer.Reason);
    }

    [Theory, EachLine]
    public async Task When_its_reply_takes_too_long(Transport transport, Threading threading)
    {
        FakeTimeProvider clock = new();
        await using Line line = await Line.OpenAsync(transport, threading, new PeerOptions { RequestTimeout = TimeSpan.FromSeconds(20), FirstMessageTimeout = Timeout.InfiniteTimeSpan }, clock: clock);
        Task<Value> asked = line.Peer.RequestAsync(new Ask(1)).AsTask();
        byte late = await line.ReceiveAskAsync(1);
        clock.Advance(TimeSpan.FromSeconds(19));
        Assert.False(asked.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAsync<TimeoutException>(() => asked.Guarded());

        // It rests for twice as long.
        clock.Advance(TimeSpan.FromSeconds(30));
        await line.Device.SendAsync(Frames.Join(Line.Reply(late, 1), Line.Occur(9)));
        Assert.Equal(9, await line.Events.NextAsync());
    }

    /// <summary>However many are given up, there is a correlation for the next.</summary>
    [Theory, EachLine]
    public async Task And_never_takes_the_last_correlation(Transport transport, Threading threading)
    {
        await using Line line = await Line.OpenAsync(transport, threading);
        for (int round = 0; round < 600; round++)
        {
            using var cancelled = new CancellationTokenSource();
            Task<Value> given = line.Peer.RequestAsync(new Ask(1), cancelled.Token).AsTask();
            await cancelled.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given.Guarded());
            await line.ReceiveAskAsync(1);
        }

        Task<Value> asked = line.Peer.RequestAsync(new Ask(2)).AsTask();
        await line.ReplyAsync(await line.ReceiveAskAsync(2), 3);
        Assert.Equal(new Value(3), await asked.Guarded());
    }

    [Theory, EachLine]
    public async Task And_no_more_wait_than_may(Transport transport, Threading threading)
    {
        await using Line line = await Line.OpenAsync(transport, threading, new PeerOptions { MaxRequests = 2 });
        Task<Value> first = line.Peer.RequestAsync(new Ask(1)).AsTask();
        Task<Value> second = line.Peer.RequestAsync(new Ask(2)).AsTask();
        await Assert.ThrowsAsync<InvalidOperationException>(() => line.Peer.RequestAsync(new Ask(3)).AsTask());
        await line.ReplyAsync(await line.ReceiveAskAsync(1), 1);
        await first.Guarded();
        Task<Value> third = line.Peer.RequestAsync(new Ask(4)).AsTask();
        await line.ReplyAsync(await line.ReceiveAskAsync(2), 2);
        await line.ReplyAsync(await line.ReceiveAskAsync(4), 4);
        Assert.Equal([new Value(2), new Value(4)], await Task.WhenAll(second, third).Guarded());
    }
}
