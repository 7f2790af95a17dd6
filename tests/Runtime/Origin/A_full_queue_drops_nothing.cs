using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Origin;

/// <summary>There a message for which the queue had no room was gone: 476 of 1,500.</summary>
public sealed class A_full_queue_drops_nothing
{
    [Theory, EachLine]
    public async Task But_holds_up_who_fills_it(Transport transport, Threading threading)
    {
        const int Messages = 100_000;
        Journal<int> handled = new();
        using ManualResetEventSlim go = new();
        Script script = new()
        {
            OnMove = (_, move) =>
            {
                if (move.Entity == 0)
                {
                    go.Wait();
                }

                handled.Add(move.Entity);
            },
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();
        Task sending = client.SendAsync(Frames.Join(Enumerable.Range(0, Messages).Select(static i => Frames.Move(i, 0, 0))));
        go.Set();

        Assert.Equal(Enumerable.Range(0, Messages), await handled.NextAsync(Messages));
        await sending;
    }
}
