using QContinuum.Runtime.Tests.Deadlines;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Closing;

public sealed class Closed_waits_for_a_handler_but_not_for_ever
{
    [Theory, EachLine]
    public async Task It_comes_when_the_handler_ends(Transport transport, Threading threading)
    {
        TaskCompletionSource handler = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TimedServer server = await LeaveHandlingAsync(transport, threading, handler.Task);
        await server.PassAsync(29);
        Assert.Empty(server.Reasons);
        handler.SetResult();
        Assert.Equal(CloseReason.Local, (await server.Script.Closings.NextAsync()).Reason);
        await server.PassAsync(2);
        Assert.Empty(server.Log.All);
    }

    [Theory, EachLine]
    public async Task And_after_half_a_minute_though_it_has_not(Transport transport, Threading threading)
    {
        TaskCompletionSource handler = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TimedServer server = await LeaveHandlingAsync(transport, threading, handler.Task);
        await server.PassAsync(29);
        await server.PassAsync(2);
        Assert.Equal(CloseReason.Local, (await server.Script.Closings.NextAsync()).Reason);
        Assert.Contains("an asynchronous handler still runs 30 s after the peer was closed", await server.Log.NextAsync(), StringComparison.Ordinal);

        // It ends after all: nothing comes twice.
        handler.SetResult();
        await server.PassAsync(100);
        Assert.Single(server.Reasons);
    }

    /// <summary>A client that asked something and whose connection is gone, while its handler still runs.</summary>
    private static async Task<TimedServer> LeaveHandlingAsync(Transport transport, Threading threading, Task handler)
    {
        Journal<Peer> asked = new();
        Script script = new()
        {
            OnAsk = async (peer, _) =>
            {
                asked.Add(peer);
                await handler;
            },
        };
        TimedServer server = await TimedServer.StartAsync(transport, threading, script: script);
        RawClient client = await server.ConnectAsync();
        await client.SendAsync(Frames.Ask(1));
        Peer peer = await asked.NextAsync();
        peer.Abort();
        await client.EndedAsync();
        client.Dispose();
        return server;
    }
}
