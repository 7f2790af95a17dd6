using Microsoft.Extensions.Time.Testing;
using QContinuum.Loops;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Requests;

public sealed class A_request_times_out_while_others_rest
{
    /// <summary>What rests does so for far longer than the next time-out: the loop must wake for the nearer of the two.</summary>
    [Fact]
    public async Task At_its_own_time()
    {
        var clock = new FakeTimeProvider();
        var group = new LoopGroup(Pollers.Default, 1, clock);
        group.Start();
        try
        {
            EventLoop loop = group.Choose();
            var table = new RequestTable(loop, correlationBits: 8, new PeerOptions { RequestTimeout = TimeSpan.FromMilliseconds(50) });
            for (int i = 0; i < 3; i++)
            {
                var request = new ValueRequest<Value> { ReplyId = 1, FaultId = null };
                table.Add(request);
                await TurnAsync(loop);
                Assert.False(request.Reply.IsCompleted);
                clock.Advance(TimeSpan.FromMilliseconds(100));
                await TurnAsync(loop);
                await Assert.ThrowsAsync<TimeoutException>(() => request.Reply.Guarded());
            }
        }
        finally
        {
            group.Stop();
        }
    }

    // Posted twice: the turn that runs the second has looked at the clock after the first.
    private static async Task TurnAsync(EventLoop loop)
    {
        for (int i = 0; i < 2; i++)
        {
            var turned = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            loop.Post(static state => ((TaskCompletionSource)state!).SetResult(), turned);
            await turned.Task.Guarded();
        }
    }
}
