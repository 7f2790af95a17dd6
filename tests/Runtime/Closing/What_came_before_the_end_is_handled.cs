using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Closing;

public sealed class What_came_before_the_end_is_handled
{
    /// <summary>The client has closed both directions while a handler holds the lane, and nothing is read.</summary>
    [Theory, EachLine]
    public async Task Though_a_handler_still_runs(Transport transport, Threading threading)
    {
        Journal<long> asked = new();
        Journal<int> moves = new();
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Script script = new()
        {
            OnAsk = async (_, ask) =>
            {
                asked.Add(ask.Number);
                await go.Task;
            },
            OnMove = (_, move) => moves.Add(move.Entity),
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        RawClient client = await server.ConnectAsync();
        await client.SendAsync(Frames.Ask(1));
        await asked.NextAsync();

        await client.SendAsync(Frames.Join(Frames.Move(2, 0, 0), Frames.Move(3, 0, 0)));
        client.Dispose();
        await server.SettleAsync();
        Assert.Empty(script.Closings.All);
        go.SetResult();

        int[] expected = [2, 3];
        Assert.Equal(expected, await moves.NextAsync(2));
        Assert.Equal(CloseReason.Remote, (await script.Closings.NextAsync()).Reason);
    }
}
