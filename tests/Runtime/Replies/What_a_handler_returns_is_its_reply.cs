using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Replies;

public sealed class What_a_handler_returns_is_its_reply
{
    private const ushort Call = 0xBEEF;
    private const byte Unit = 9;

    /// <summary>With the correlation and the copied fields of its request, the reply flag, and nothing else of it.</summary>
    [Theory, EachLine]
    public async Task Be_it_a_value_a_task_or_a_view(Transport transport, Threading threading)
    {
        var tanks = new Tanks { Wait = static async _ => await Task.Yield() };
        await using CallLine line = await OpenAsync(transport, tanks, threading);
        await line.SendAsync([.. Enumerable.Range(1, 4).Select(kind => FlagFrames.Of((byte)kind, (ushort)(Call + kind), Unit, 77, 40))]);
        Assert.Equal(FlagFrames.Of(1 | FlagFrames.Reply, Call + 1, Unit, 0, 41), await line.ReceiveAsync());
        Assert.Equal(FlagFrames.Of(2 | FlagFrames.Reply, Call + 2, Unit, 0, 42), await line.ReceiveAsync());
        Assert.Equal(FlagFrames.Of(3 | FlagFrames.Reply, Call + 3, Unit, 0, 43), await line.ReceiveAsync());
        Assert.Equal(FlagFrames.Of(4 | FlagFrames.Reply, Call + 4, Unit, 0, "tank 40"u8), await line.ReceiveAsync());
    }

    /// <summary>A task that has completed already does not hold the lane.</summary>
    [Theory, EachLine]
    public async Task Though_it_is_there_at_once(Transport transport, Threading threading)
    {
        await using CallLine line = await OpenAsync(transport, new Tanks(), threading);
        for (byte i = 0; i < 50; i++)
        {
            await line.SendAsync(FlagFrames.Of(2, i, Unit, 0, i), FlagFrames.Of(3, i, Unit, 0, i));
            Assert.Equal(FlagFrames.Of(2 | FlagFrames.Reply, i, Unit, 0, (byte)(i + 2)), await line.ReceiveAsync());
            Assert.Equal(FlagFrames.Of(3 | FlagFrames.Reply, i, Unit, 0, (byte)(i + 3)), await line.ReceiveAsync());
        }
    }

    /// <summary>While it waits its own peer waits with it: replies come in the order of their requests.</summary>
    [Theory, EachLine]
    public async Task In_the_order_of_the_requests(Transport transport, Threading threading)
    {
        var begun = new Journal<byte>();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var tanks = new Tanks
        {
            Wait = tank =>
            {
                begun.Add(tank);
                return gate.Task;
            },
        };
        await using CallLine line = await OpenAsync(transport, tanks, threading);
        await line.SendAsync(FlagFrames.Of(2, 1, Unit, 0, 10), FlagFrames.Of(1, 2, Unit, 0, 20), FlagFrames.Of(3, 3, Unit, 0, 30));
        Assert.Equal(10, await begun.NextAsync());
        Assert.Single(begun.All);
        gate.SetResult();
        Assert.Equal(FlagFrames.Of(2 | FlagFrames.Reply, 1, Unit, 0, 12), await line.ReceiveAsync());
        Assert.Equal(FlagFrames.Of(1 | FlagFrames.Reply, 2, Unit, 0, 21), await line.ReceiveAsync());
        Assert.Equal(FlagFrames.Of(3 | FlagFrames.Reply, 3, Unit, 0, 33), await line.ReceiveAsync());
    }

    private static Task<CallLine> OpenAsync(Transport transport, Tanks tanks, Threading threading)
        => CallLine.OpenAsync(transport, tanks.Run(threading), tanks.Peers, FlagFrames.HeaderSize);
}
