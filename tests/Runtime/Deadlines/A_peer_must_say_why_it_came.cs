using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;
using QContinuum.Transports;

namespace QContinuum.Runtime.Tests.Deadlines;

/// <summary>Greets its first peer once it may.</summary>
public sealed class Greeter(Script script, Task mayGreet)
{
    private int _peers;

    public async ValueTask OpenAsync(Peer peer)
    {
        script.Peers.Add(peer);
        if (Interlocked.Increment(ref _peers) == 1)
        {
            await mayGreet;
            peer.Send(new Ask(1));
        }
    }

    public void Close(Peer peer, CloseReason reason) => script.Closings.Add((peer, reason));
}

[Processor(Threading.Queued)]
public sealed partial class QueuedGreetings(Greeter greeter)
{
    [Opened]
    private ValueTask Opened(Peer peer) => greeter.OpenAsync(peer);

    [Handles]
    private static void On(Peer peer, Raw raw) => peer.Send(raw);

    [Closed]
    private void Closed(Peer peer, CloseReason reason) => greeter.Close(peer, reason);
}

[Processor(Threading.Inline)]
public sealed partial class InlineGreetings(Greeter greeter)
{
    [Opened]
    private ValueTask Opened(Peer peer) => greeter.OpenAsync(peer);

    [Handles]
    private static void On(Peer peer, Raw raw) => peer.Send(raw);

    [Closed]
    private void Closed(Peer peer, CloseReason reason) => greeter.Close(peer, reason);
}

public sealed class A_peer_must_say_why_it_came
{
    [Theory, EachLine]
    public async Task Or_it_is_closed(Transport transport, Threading threading)
    {
        await using TimedServer server = await TimedServer.StartAsync(transport, threading);
        using RawClient client = await server.ConnectAsync();
        await server.PassAsync(9.9);
        Assert.Empty(server.Reasons);
        await server.PassAsync(0.2);
        Assert.Empty(await client.EndedAsync());
        Assert.Equal(CloseReason.FirstMessageLate, (await server.Script.Closings.NextAsync()).Reason);
        Assert.Contains("FirstMessageLate: its first message was not there after 10 s", await server.Log.NextAsync(), StringComparison.Ordinal);
    }

    /// <summary>One byte a second, and never a whole message.</summary>
    [Theory, EachLine]
    public async Task However_often_it_sends_a_byte(Transport transport, Threading threading)
    {
        await using TimedServer server = await TimedServer.StartAsync(transport, threading);
        using RawClient client = await server.ConnectAsync();
        byte[] frame = Frames.Raw(Frames.Pattern(100, seed: 1));
        for (int second = 0; second < 10; second++)
        {
            await client.SendAsync(frame.AsMemory(second, 1));
            await server.PassAsync(1);
        }

        Assert.Empty(await client.EndedAsync());
        Assert.Equal(CloseReason.FirstMessageLate, (await server.Script.Closings.NextAsync()).Reason);
    }

    [Theory, EachLine]
    public async Task And_one_message_is_enough(Transport transport, Threading threading)
    {
        await using TimedServer server = await TimedServer.StartAsync(transport, threading);
        using RawClient client = await server.ConnectAsync();
        await server.PassAsync(9);
        await client.ExpectEchoAsync(Frames.Raw(1));
        await server.PassAsync(30);
        await client.ExpectEchoAsync(Frames.Raw(2));
        Assert.Empty(server.Reasons);
    }

    [Theory, EachLine]
    public async Task Unless_it_may_take_for_ever(Transport transport, Threading threading)
    {
        await using TimedServer server = await TimedServer.StartAsync(transport, threading, new PeerOptions { FirstMessageTimeout = Timeout.InfiniteTimeSpan });
        using RawClient client = await server.ConnectAsync();
        await server.PassAsync(200);
        await client.ExpectEchoAsync(Frames.Raw(1));
        Assert.Empty(server.Reasons);
    }

    /// <summary>What it sent is there, and a handler of another peer keeps it from being looked at.</summary>
    [Fact]
    public async Task And_is_not_blamed_for_a_handler_that_takes_its_time()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var go = new ManualResetEventSlim();
        var script = new Script
        {
            OnMove = (_, _) =>
            {
                entered.SetResult();
                Assert.True(go.Wait(TimeSpan.FromSeconds(30)));
            },
        };
        await using TimedServer server = await TimedServer.StartAsync(Threading.Queued, script: script);
        using RawClient client = await server.ConnectAsync();
        IConnectionOwner peer = await script.Peers.NextAsync();
        using RawClient busy = await server.ConnectAsync();
        await busy.SendAsync(Frames.Of(1, new byte[12]));
        await entered.Task.Guarded();

        await client.SendAsync(Frames.Raw(1));
        await Task.Run(async () =>
        {
            while (!peer.IsBusy)
            {
                await Task.Yield();
            }
        }).Guarded();
        server.Clock.Advance(TimeSpan.FromSeconds(60));
        go.Set();
        Assert.Equal(Frames.Raw(1), await client.ReceiveAsync(Frames.Raw(1).Length));
        await server.PassAsync(1);
        Assert.DoesNotContain(((Peer)peer, CloseReason.FirstMessageLate), script.Closings.All);
    }

    /// <summary>Who is to be greeted first cannot be late before the greeting: the time begins when the Opened handler has ended.</summary>
    [Theory, EachLine]
    public async Task From_the_end_of_its_opened_handler_on(Transport transport, Threading threading)
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var script = new Script();
        var greeter = new Greeter(script, go.Task);
        await using TimedServer server = await TimedServer.StartAsync(transport, threading == Threading.Queued ? new QueuedGreetings(greeter) : new InlineGreetings(greeter), script);
        using RawClient client = await server.ConnectAsync();
        await script.Peers.NextAsync();
        await server.PassAsync(60);
        await server.PassAsync(9);
        go.SetResult();
        await client.ReceiveAsync(16);
        await server.PassAsync(5);
        await server.PassAsync(4);
        Assert.Empty(server.Reasons);
        await server.PassAsync(10);
        await server.PassAsync(10);
        Assert.Equal(CloseReason.FirstMessageLate, (await script.Closings.NextAsync()).Reason);
    }
}
