using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Requests;

public sealed class Requests_from_many_threads_get_their_own_replies
{
    private const int Threads = 8;
    private const int RequestsOfEach = 500;

    /// <summary>Each is answered, a fifth are cancelled at any moment: it ends one way or the other, and never with the reply to another.</summary>
    [Theory, EachLine]
    public async Task At_once(Transport transport, Threading threading)
    {
        var script = new CallScript();
        await using CallLine line = await CallLine.OpenAsync(transport, script, threading);
        Task answering = AnswerAsync(line);

        int[] answered = await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(async () =>
        {
            int count = 0;
            for (int i = 0; i < RequestsOfEach; i++)
            {
                using var giveUp = new CancellationTokenSource();
                int number = (thread * RequestsOfEach) + i;
                Task<Answer> request = line.Peer.RequestAsync(new Question(number), giveUp.Token).AsTask();
                if (i % 5 == 0)
                {
                    await giveUp.CancelAsync();
                }

                try
                {
                    Assert.Equal(new Answer(~number), await request.Guarded());
                    count++;
                }
                catch (OperationCanceledException) when (i % 5 == 0)
                {
                }
            }

            return count;
        }))).Guarded();

        Assert.All(answered, count => Assert.InRange(count, RequestsOfEach * 4 / 5, RequestsOfEach));
        await answering.Guarded();
        Assert.Empty(script.Handled.All);
        Assert.Equal(CloseReason.None, line.Peer.Reason);
    }

    private static async Task AnswerAsync(CallLine line)
    {
        for (int i = 0; i < Threads * RequestsOfEach; i++)
        {
            byte[] asked = await line.ReceiveAsync();
            await line.SendAsync(CallFrames.Answer(asked[3], ~CallFrames.NumberOf(asked)));
        }
    }
}
