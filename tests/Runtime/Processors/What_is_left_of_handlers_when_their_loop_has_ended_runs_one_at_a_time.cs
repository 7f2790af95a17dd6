using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Processors;

[Processor(Threading.PerLoop)]
public sealed partial class Late(Task go, Barrier both, Journal<int> begun, Journal<bool> met)
{
    [Handles]
    private async ValueTask On(Peer peer, Ask ask)
    {
        begun.Add(1);
        await go;
        await Task.Yield();
        met.Add(both.SignalAndWait(TimeSpan.FromSeconds(1)));
    }
}

/// <summary>The state of a processor of a loop needs no lock, also where its server has stopped without waiting for its handlers any longer.</summary>
public sealed class What_is_left_of_handlers_when_their_loop_has_ended_runs_one_at_a_time
{
    [Fact]
    public async Task So_that_no_two_meet()
    {
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using Barrier both = new(2);
        Journal<int> begun = new();
        Journal<bool> met = new();
        PeerServerOptions options = new() { Loops = 1, DrainTimeout = TimeSpan.Zero, ClosedPatience = TimeSpan.FromMilliseconds(50) };
        await using TestServer server = await TestServer.StartAsync(new Late(go.Task, both, begun, met), options);
        using RawClient one = await server.ConnectAsync();
        using RawClient two = await server.ConnectAsync();
        await one.SendAsync(Frames.Ask(1));
        await two.SendAsync(Frames.Ask(1));
        await begun.NextAsync(2);
        await server.Server.StopAsync().Guarded();

        go.SetResult();

        bool[] haveMet = await met.NextAsync(2);
        Assert.Equal([false, false], haveMet);
    }
}
