using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Order;

public sealed class Messages_are_handled_in_the_order_in_which_they_were_sent
{
    private const int Messages = 50_000;

    /// <summary>More than any queue or buffer of the runtime holds, with an asynchronous handler now and then.</summary>
    [Theory, EachLine]
    public async Task However_many(Transport transport, Threading threading)
    {
        int next = 0;
        string? disorder = null;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Take(long number)
        {
            if (number != next)
            {
                disorder ??= $"{number} instead of {next}";
            }

            if (++next == Messages)
            {
                all.SetResult();
            }
        }

        var script = new Script
        {
            OnMove = (_, move) => Take(move.Entity),
            OnAsk = async (_, ask) =>
            {
                await Task.Yield();
                Take(ask.Number);
            },
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();

        await client.SendAsync(Frames.Join(Enumerable.Range(0, Messages).Select(i => i % 100 == 99 ? Frames.Ask(i) : Frames.Move(i, 0, 0))));

        await all.Task.Guarded();
        Assert.Null(disorder);
    }
}
