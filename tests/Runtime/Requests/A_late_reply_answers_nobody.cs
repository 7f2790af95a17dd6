using Microsoft.Extensions.Time.Testing;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Requests;

public sealed class A_late_reply_answers_nobody
{
    private static readonly PeerOptions ShortOfTime = new() { RequestTimeout = TimeSpan.FromMilliseconds(5), FirstMessageTimeout = Timeout.InfiniteTimeSpan };

    [Theory, EachLine]
    public async Task After_a_timeout(Transport transport, Threading threading)
    {
        var script = new CallScript();
        FakeTimeProvider clock = new();
        await using CallLine line = await CallLine.OpenAsync(transport, script, threading, ShortOfTime, clock);

        byte[] late = new byte[20];
        for (int i = 0; i < late.Length; i++)
        {
            Task<Answer> request = line.Peer.RequestAsync(new Question(i)).AsTask();
            late[i] = (await line.ReceiveAsync())[3];
            if (i > 0)
            {
                await line.SendAsync(CallFrames.Answer(late[i - 1], i - 1));
            }

            await PassAsync(clock, request);
            await Assert.ThrowsAsync<TimeoutException>(() => request.Guarded());
        }

        await line.SendAsync(CallFrames.Note(1));
        while (await script.Handled.NextAsync() != "note 1")
        {
        }

        Assert.Equal(CloseReason.None, line.Peer.Reason);
    }

    /// <summary>Time passes until the request is over, no more of it than that takes: what sets the timer may come after the first step.</summary>
    private static async Task PassAsync(FakeTimeProvider clock, Task request)
    {
        while (!request.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(5));
            for (int looks = 0; looks < 1_000 && !request.IsCompleted; looks++)
            {
                await Task.Yield();
            }
        }
    }

    [Theory, EachLine]
    public async Task After_a_cancellation(Transport transport, Threading threading)
    {
        var script = new CallScript();
        await using CallLine line = await CallLine.OpenAsync(transport, script, threading);
        using var giveUp = new CancellationTokenSource();

        Task<Answer> forgone = line.Peer.RequestAsync(new Question(1), giveUp.Token).AsTask();
        byte call = (await line.ReceiveAsync())[3];
        await giveUp.CancelAsync();
        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => forgone.Guarded());
        Assert.Equal(giveUp.Token, cancelled.CancellationToken);

        Task<Answer> other = line.Peer.RequestAsync(new Question(2)).AsTask();
        byte otherCall = (await line.ReceiveAsync())[3];
        Assert.NotEqual(call, otherCall);
        await line.SendAsync(CallFrames.Answer(call, 1), CallFrames.Note(1), CallFrames.Answer(otherCall, 2), CallFrames.Answer(call, 3), CallFrames.Note(2));

        // The first is dropped, and its correlation is free: the second such frame is a message like others.
        Assert.Equal(new Answer(2), await other.Guarded());
        Assert.Equal(["note 1", $"kind 2, call {call}", "note 2"], await script.Handled.NextAsync(3));
    }

    [Theory, EachLine]
    public async Task And_one_that_was_cancelled_before_is_not_sent(Transport transport, Threading threading)
    {
        var script = new CallScript();
        await using CallLine line = await CallLine.OpenAsync(transport, script, threading, new PeerOptions { MaxRequests = 1 });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await line.Peer.RequestAsync(new Question(1), new CancellationToken(true)));
        Task<Answer> request = line.Peer.RequestAsync(new Question(2)).AsTask();
        byte[] asked = await line.ReceiveAsync();
        Assert.Equal(2, CallFrames.NumberOf(asked));
        await line.SendAsync(CallFrames.Answer(asked[3], 3));
        Assert.Equal(new Answer(3), await request.Guarded());
    }
}
