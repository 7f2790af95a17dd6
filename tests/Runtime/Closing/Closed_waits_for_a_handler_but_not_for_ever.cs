using QContinuum.Runtime.Tests.Deadlines;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Closing;

public sealed class Closed_waits_for_a_handler_but_not_for_ever
{
    private const string GivenUp = "an asynchronous handler still runs 30 s after it was to end";

    [Theory, EachLine]
    public async Task It_comes_when_the_handler_ends(Transport transport, Threading threading)
    {
        await using Handled handled = await Handled.StartAsync(transport, threading);
        handled.Peer.Abort();
        await handled.Server.PassAsync(29);
        Assert.Empty(handled.Server.Reasons);
        handled.End.SetResult();
        Assert.Equal(CloseReason.Local, await handled.ReasonAsync());
        await handled.Server.PassAsync(100);
        Assert.Empty(handled.Server.Log.All);
    }

    [Theory, EachLine]
    public Task After_an_abort(Transport transport, Threading threading)
        => ComesAfterHalfAMinuteAsync(transport, threading, CloseReason.Local, static handled => handled.Peer.Abort());

    [Theory, EachLine]
    public Task After_a_close(Transport transport, Threading threading)
        => ComesAfterHalfAMinuteAsync(transport, threading, CloseReason.Local, static handled => handled.Peer.Close());

    [Theory, EachLine]
    public Task After_the_end_of_the_processor(Transport transport, Threading threading)
        => ComesAfterHalfAMinuteAsync(transport, threading, CloseReason.Stopped, static handled => _ = handled.Processor.StopAsync());

    /// <summary>It may be that the other side waits for the answer: the handler is told after half a minute, and has as long again.</summary>
    [Theory, EachLine]
    public async Task After_the_other_side_has_ended(Transport transport, Threading threading)
    {
        await using Handled handled = await Handled.StartAsync(transport, threading);
        handled.Client.FinishSending();
        await handled.Server.PassAsync(29);
        Assert.False(handled.Peer.Aborted.IsCancellationRequested);
        await handled.Server.PassAsync(2);
        Assert.True(handled.Peer.Aborted.IsCancellationRequested);
        await handled.Server.PassAsync(27);
        Assert.Empty(handled.Server.Reasons);
        await handled.Server.PassAsync(5);
        Assert.Equal(CloseReason.Remote, await handled.ReasonAsync());
        Assert.Contains(GivenUp, await handled.Server.Log.NextAsync(), StringComparison.Ordinal);
        Assert.Empty(await handled.Client.ReceiveToEndAsync());
    }

    /// <summary>The first ends in time, and then it is the second that is waited for.</summary>
    [Theory, EachLine]
    public async Task Also_for_the_next_that_was_waiting(Transport transport, Threading threading)
    {
        Journal<long> asked = new();
        TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource second = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Script script = new()
        {
            OnAsk = async (_, ask) =>
            {
                asked.Add(ask.Number);
                await (ask.Number == 1 ? first : second).Task;
            },
        };
        await using TimedServer server = await TimedServer.StartAsync(transport, threading, script: script);
        using RawClient client = await server.ConnectAsync();
        await client.SendAsync(Frames.Join(Frames.Ask(1), Frames.Ask(2)));
        Assert.Equal(1, await asked.NextAsync());
        client.FinishSending();
        await server.PassAsync(20);
        first.SetResult();
        Assert.Equal(2, await asked.NextAsync());
        await Guard.UntilAsync(() =>
        {
            server.Clock.Advance(TimeSpan.FromSeconds(1));
            return server.Reasons.Contains(CloseReason.Remote);
        });
        second.SetResult();
    }

    private static async Task ComesAfterHalfAMinuteAsync(
        Transport transport, Threading threading, CloseReason reason, Action<Handled> end)
    {
        await using Handled handled = await Handled.StartAsync(transport, threading);
        TimedServer server = handled.Server;
        end(handled);
        await Guard.UntilAsync(() =>
        {
            server.Clock.Advance(TimeSpan.FromSeconds(1));
            return handled.IsClosed;
        });

        Assert.Equal(reason, handled.Peer.Reason);
        Assert.Contains(GivenUp, await server.Log.NextAsync(), StringComparison.Ordinal);
        await handled.Client.EndedAsync();

        // It ends after all: nothing comes twice.
        handled.End.SetResult();
        await handled.Peer.Completion.Guarded();
        Assert.Single(server.Script.Closings.All, closing => closing.Peer == handled.Peer);
    }

    /// <summary>A client that has asked for something, and whose handler does not end before it is told.</summary>
    private sealed class Handled : IAsyncDisposable
    {
        public required TimedServer Server { get; init; }

        public required Processor Processor { get; init; }

        public required RawClient Client { get; init; }

        public required Peer Peer { get; init; }

        public required TaskCompletionSource End { get; init; }

        public static async Task<Handled> StartAsync(Transport transport, Threading threading)
        {
            TaskCompletionSource end = new(TaskCreationOptions.RunContinuationsAsynchronously);
            Journal<Peer> asked = new();
            Script script = new()
            {
                OnAsk = async (peer, _) =>
                {
                    asked.Add(peer);
                    await end.Task;
                },
            };
            Processor processor = script.Run(threading);
            TimedServer server = await TimedServer.StartAsync(transport, processor, script);
            RawClient client = await server.ConnectAsync();
            await client.SendAsync(Frames.Join(Frames.Ask(1), Frames.Ask(2)));
            return new Handled { Server = server, Processor = processor, Client = client, Peer = await asked.NextAsync(), End = end };
        }

        public bool IsClosed => Server.Script.Closings.All.Any(closing => closing.Peer == Peer);

        public async Task<CloseReason> ReasonAsync()
        {
            await Guard.UntilAsync(() => IsClosed);
            return Peer.Reason;
        }

        public async ValueTask DisposeAsync()
        {
            End.TrySetResult();
            Client.Dispose();
            await Server.DisposeAsync();
        }
    }
}
