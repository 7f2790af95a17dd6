using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Deadlines;

public sealed class A_message_that_has_begun_must_end
{
    private static readonly byte[] Frame = Frames.Raw(Frames.Pattern(100, seed: 1));

    [Theory, EachLine]
    public async Task Or_its_peer_is_closed(Transport transport, Threading threading)
    {
        await using TimedServer server = await TimedServer.StartAsync(transport, threading);
        using RawClient client = await server.ConnectAsync();
        await client.ExpectEchoAsync(Frame);
        await client.SendAsync(Frame.AsMemory(0, 50));
        await server.PassAsync(29);
        await client.SendAsync(Frame.AsMemory(50, 49));
        await server.PassAsync(1.5);
        Assert.Empty(await client.EndedAsync());
        Assert.Equal(CloseReason.MessageLate, (await server.Script.Closings.NextAsync()).Reason);
        Assert.Contains("MessageLate: the rest of a message was not there after 30 s", await server.Log.NextAsync(), StringComparison.Ordinal);
    }

    /// <summary>Each message has its own time: that of the next begins with it.</summary>
    [Theory, EachLine]
    public async Task And_each_has_its_own_time(Transport transport, Threading threading)
    {
        await using TimedServer server = await TimedServer.StartAsync(transport, threading);
        using RawClient client = await server.ConnectAsync();
        await client.SendAsync(Frame.AsMemory(0, 50));
        await server.PassAsync(5);
        for (int message = 0; message < 5; message++)
        {
            await client.SendAsync(Frame.AsMemory(50));
            await client.SendAsync(Frame.AsMemory(0, 50));
            Assert.Equal(Frame, await client.ReceiveAsync(Frame.Length));
            await server.PassAsync(20);
        }

        Assert.Empty(server.Reasons);
        await server.PassAsync(11);
        Assert.Equal(CloseReason.MessageLate, (await server.Script.Closings.NextAsync()).Reason);
    }

    [Theory, EachLine]
    public async Task Unless_it_may_take_for_ever(Transport transport, Threading threading)
    {
        await using TimedServer server = await TimedServer.StartAsync(transport, threading, new PeerOptions { MessageTimeout = Timeout.InfiniteTimeSpan });
        using RawClient client = await server.ConnectAsync();
        await client.ExpectEchoAsync(Frame);
        await client.SendAsync(Frame.AsMemory(0, 50));
        await server.PassAsync(290);
        await client.SendAsync(Frame.AsMemory(50));
        Assert.Equal(Frame, await client.ReceiveAsync(Frame.Length));
        Assert.Empty(server.Reasons);
    }

    /// <summary>While a handler of the peer runs, what follows waits: that is not the peer's delay, nor is it idle.</summary>
    [Theory, EachLine]
    public async Task But_time_in_which_a_handler_runs_does_not_count(Transport transport, Threading threading)
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var script = new Script { OnAsk = async (peer, ask) =>
        {
            await go.Task;
            peer.Send(ask);
        } };
        await using TimedServer server = await TimedServer.StartAsync(transport, threading, script: script);
        using RawClient client = await server.ConnectAsync();
        byte[] ask = Frames.Of(4, new byte[8]);
        await client.SendAsync(Frames.Join(ask, Frame[..50]));
        await server.PassAsync(200);
        await server.PassAsync(200);
        Assert.Empty(server.Reasons);
        go.SetResult();
        Assert.Equal(ask, await client.ReceiveAsync(ask.Length));
        await server.PassAsync(29);
        Assert.Empty(server.Reasons);
        await client.SendAsync(Frame.AsMemory(50));
        Assert.Equal(Frame, await client.ReceiveAsync(Frame.Length));
    }

    /// <summary>What came of it while a handler ran is awaited from the end of that handler on.</summary>
    [Theory, EachLine]
    public async Task And_has_its_whole_time_after_a_handler(Transport transport, Threading threading)
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var script = new Script { OnAsk = async (peer, ask) =>
        {
            await go.Task;
            peer.Send(ask);
        } };
        await using TimedServer server = await TimedServer.StartAsync(transport, threading, script: script);
        using RawClient client = await server.ConnectAsync();
        byte[] ask = Frames.Of(4, new byte[8]);
        await client.SendAsync(Frames.Join(ask, Frame[..50]));
        await server.PassAsync(200);
        await server.PassAsync(29);
        go.SetResult();
        Assert.Equal(ask, await client.ReceiveAsync(ask.Length));
        await server.PassAsync(5);
        await server.PassAsync(20);
        Assert.Empty(server.Reasons);
        await server.PassAsync(30);
        await server.PassAsync(30);
        Assert.Equal(CloseReason.MessageLate, (await server.Script.Closings.NextAsync()).Reason);
    }

    /// <summary>Though the first one may be long in coming: what has begun must end.</summary>
    [Theory, EachLine]
    public async Task Be_it_the_first(Transport transport, Threading threading)
    {
        await using TimedServer server = await TimedServer.StartAsync(transport, threading, new PeerOptions { FirstMessageTimeout = Timeout.InfiniteTimeSpan });
        using RawClient client = await server.ConnectAsync();
        await server.PassAsync(100);
        for (int second = 0; second < 31; second++)
        {
            await client.SendAsync(Frame.AsMemory(second, 1));
            await server.PassAsync(1);
        }

        Assert.Equal(CloseReason.MessageLate, (await server.Script.Closings.NextAsync()).Reason);
    }
}
