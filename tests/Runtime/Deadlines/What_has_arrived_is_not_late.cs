using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Deadlines;

/// <summary>A handler takes very long, and messages that are too long for one read come meanwhile: nobody but this side is late.</summary>
public sealed class What_has_arrived_is_not_late
{
    private static readonly byte[] Long = Frames.Raw(Frames.Pattern(500_000, seed: 1));

    [Theory, EachLine]
    public Task Though_it_is_a_first_message(Transport transport, Threading threading) => CheckAsync(transport, threading, static _ => Task.FromResult(0));

    [Theory, EachLine]
    public Task Though_it_is_the_rest_of_one(Transport transport, Threading threading) => CheckAsync(transport, threading, static async client =>
    {
        await client.ExpectEchoAsync(Frames.Raw(1));
        await client.SendAsync(Long.AsMemory(0, 1000));
        return 1000;
    });

    /// <param name="transport">What carries the bytes.</param>
    /// <param name="threading">Where handlers run.</param>
    /// <param name="beginAsync">Sends what comes before the handler takes its time, and says how much of the long message that is.</param>
    private static async Task CheckAsync(Transport transport, Threading threading, Func<RawClient, Task<int>> beginAsync)
    {
        TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ManualResetEventSlim go = new();
        Script script = new()
        {
            OnMove = (_, _) =>
            {
                entered.SetResult();
                Assert.True(go.Wait(TimeSpan.FromSeconds(30)));
            },
        };
        await using TimedServer server = await TimedServer.StartAsync(transport, threading, script: script);
        using RawClient client = await server.ConnectAsync();
        int begun = await beginAsync(client);
        using RawClient busy = await server.ConnectAsync();
        await server.PassAsync(0);
        await busy.SendAsync(Frames.Move(1, 2, 3));
        await entered.Task.Guarded();

        Task sending = client.SendAsync(Long.AsMemory(begun));
        server.Clock.Advance(TimeSpan.FromSeconds(60));
        go.Set();

        Assert.Equal(Long, await client.ReceiveAsync(Long.Length));
        await sending;
        Assert.DoesNotContain(server.Reasons, static reason => reason is CloseReason.FirstMessageLate or CloseReason.MessageLate);
    }
}
