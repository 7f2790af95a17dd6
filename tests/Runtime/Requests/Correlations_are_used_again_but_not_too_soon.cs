using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Requests;

public sealed class Correlations_are_used_again_but_not_too_soon
{
    /// <summary>Eight bits, and thousands of requests: every seventh is given up, and answered after the one that follows it was asked.</summary>
    [Theory, EachLine]
    public async Task Whatever_is_given_up(Transport transport, Threading threading)
    {
        var script = new CallScript();
        await using CallLine line = await CallLine.OpenAsync(transport, script, threading);
        byte? late = null;
        int answered = 0;
        for (int i = 0; i < 3000; i++)
        {
            using var giveUp = new CancellationTokenSource();
            Task<Answer> request = line.Peer.RequestAsync(new Question(i), giveUp.Token).AsTask();
            byte[] asked = await line.ReceiveAsync();
            Assert.Equal(CallFrames.Question(asked[3], i), asked);
            Assert.NotEqual(0, asked[3]);
            Assert.NotEqual(late, asked[3]);
            if (late is { } forgone)
            {
                await line.SendAsync(CallFrames.Answer(forgone, -1));
                late = null;
            }

            if (i % 7 == 0)
            {
                late = asked[3];
                await giveUp.CancelAsync();
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request.Guarded());
                continue;
            }

            await line.SendAsync(CallFrames.Answer(asked[3], i));
            Assert.Equal(new Answer(i), await request.Guarded());
            answered++;
        }

        Assert.Equal(3000 - 429, answered);
        Assert.Empty(script.Handled.All);
    }

    /// <summary>What nobody ever answers does not use the correlations up: the longest forgotten is used again.</summary>
    [Theory, EachLine]
    public async Task Though_no_one_answers(Transport transport, Threading threading)
    {
        var script = new CallScript();
        await using CallLine line = await CallLine.OpenAsync(transport, script, threading);
        var recent = new Queue<byte>();
        for (int i = 0; i < 2000; i++)
        {
            using var giveUp = new CancellationTokenSource();
            Task<Answer> request = line.Peer.RequestAsync(new Question(i), giveUp.Token).AsTask();
            byte call = (await line.ReceiveAsync())[3];
            Assert.DoesNotContain(call, recent);
            recent.Enqueue(call);
            if (recent.Count > 100)
            {
                recent.Dequeue();
            }

            await giveUp.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request.Guarded());
        }
    }

    /// <summary>255 wait, since no correlation is zero; for one more there is none, until a reply comes.</summary>
    [Theory, EachLine]
    public async Task And_there_are_as_many_as_the_field_holds(Transport transport, Threading threading)
    {
        var script = new CallScript();
        await using CallLine line = await CallLine.OpenAsync(transport, script, threading);
        var requests = new Task<Answer>[byte.MaxValue];
        var calls = new HashSet<byte>();
        for (int i = 0; i < requests.Length; i++)
        {
            requests[i] = line.Peer.RequestAsync(new Question(i)).AsTask();
            Assert.True(calls.Add((await line.ReceiveAsync())[3]));
        }

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await line.Peer.RequestAsync(new Question(255)));
        await line.SendAsync(CallFrames.Answer(7, 70));
        Task<Answer> answered = await Task.WhenAny(requests).Guarded();
        Assert.Equal(new Answer(70), await answered);

        Task<Answer> another = line.Peer.RequestAsync(new Question(256)).AsTask();
        Assert.Equal(CallFrames.Question(7, 256), await line.ReceiveAsync());
        await line.SendAsync(CallFrames.Answer(7, 71));
        Assert.Equal(new Answer(71), await another.Guarded());
    }
}
