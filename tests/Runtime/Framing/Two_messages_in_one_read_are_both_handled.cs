using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Framing;

public sealed class Two_messages_in_one_read_are_both_handled
{
    [Theory, EachLine]
    public async Task In_order(Transport transport, Threading threading)
    {
        var handled = new Journal<int>();
        var script = new Script { OnMove = (_, move) => handled.Add(move.Entity) };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();

        await client.SendAsync(Frames.Join(Frames.Move(1, 0, 0), Frames.Move(2, 0, 0)));

        await handled.NextAsync(2);
        Assert.Equal([1, 2], handled.All);
    }

    /// <summary>Nothing but the bytes already there makes the server go on with the second message.</summary>
    [Theory, EachLine]
    public async Task Also_when_the_first_has_an_asynchronous_handler(Transport transport, Threading threading)
    {
        var handled = new Journal<long>();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var script = new Script
        {
            OnMove = (_, move) => handled.Add(move.Entity),
            OnAsk = async (_, ask) =>
            {
                await gate.Task;
                handled.Add(ask.Number);
            },
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();

        await client.SendAsync(Frames.Join(Frames.Ask(1), Frames.Move(2, 0, 0), Frames.Ask(3), Frames.Move(4, 0, 0)));
        await server.SettleAsync();
        Assert.Empty(handled.All);
        gate.SetResult();

        await handled.NextAsync(4);
        Assert.Equal([1, 2, 3, 4], handled.All);
    }
}
