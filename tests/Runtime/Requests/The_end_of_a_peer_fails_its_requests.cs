using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Requests;

public sealed class The_end_of_a_peer_fails_its_requests
{
    [Theory, EachLine]
    public Task When_this_side_closes_it(Transport transport, Threading threading) => CheckAsync(transport, threading, static line => line.Peer.Close(), CloseReason.Local);

    [Theory, EachLine]
    public Task When_this_side_aborts_it(Transport transport, Threading threading) => CheckAsync(transport, threading, static line => line.Peer.Abort(), CloseReason.Local);

    [Theory, EachLine]
    public Task When_the_other_side_ends(Transport transport, Threading threading) => CheckAsync(transport, threading, static line => line.Device.FinishSending(), CloseReason.Remote);

    [Theory, EachLine]
    public Task When_the_connection_is_reset(Transport transport, Threading threading) => CheckAsync(
        transport, threading, static line => line.Device.Reset(), transport == Transport.Unix ? CloseReason.Remote : CloseReason.Reset);

    /// <summary>A handler that awaits a reply of its own peer, which ends, or whose server stops, hears which of both; to give up then is no fault of its.</summary>
    [Theory, EachLine]
    public Task And_those_of_its_handlers_when_the_other_side_ends(Transport transport, Threading threading)
        => CheckHandlerAsync(transport, threading, static line => { line.Device.FinishSending(); return Task.CompletedTask; }, CloseReason.Remote);

    [Theory, EachLine]
    public Task And_those_of_its_handlers_when_the_server_stops(Transport transport, Threading threading)
        => CheckHandlerAsync(transport, threading, static line => line.Server.StopAsync(), CloseReason.Stopped);

    private static async Task CheckHandlerAsync(Transport transport, Threading threading, Func<Line, Task> end, CloseReason reason)
    {
        Journal<CloseReason> heard = new();
        await using Line line = await Line.OpenAsync(transport, threading, new PeerOptions { RequestTimeout = Timeout.InfiniteTimeSpan }, async (peer, _) =>
        {
            try
            {
                await peer.RequestAsync(new Ask(1));
            }
            catch (PeerClosedException closed)
            {
                heard.Add(closed.Reason);
                throw;
            }
        });
        await line.Device.SendAsync(Line.Occur(1));
        await line.ReceiveAskAsync(1);

        Task ending = end(line);

        Assert.Equal(reason, await heard.NextAsync());
        Assert.Equal(reason, await line.Peer.Completion.Guarded());
        Assert.Empty(line.Log.All);
        line.Device.Dispose();
        await ending.Guarded();
    }

    private static async Task CheckAsync(Transport transport, Threading threading, Action<Line> end, CloseReason reason)
    {
        await using Line line = await Line.OpenAsync(transport, threading, new PeerOptions { RequestTimeout = Timeout.InfiniteTimeSpan });
        Task<Value>[] asked = [.. Enumerable.Range(0, 5).Select(_ => line.Peer.RequestAsync(new Ask(1)).AsTask())];
        for (int number = 0; number < asked.Length; number++)
        {
            await line.ReceiveAskAsync(1);
        }

        end(line);
        foreach (Task<Value> one in asked)
        {
            Assert.Equal(reason, (await Assert.ThrowsAsync<PeerClosedException>(() => one.Guarded())).Reason);
        }

        await line.Peer.Completion.Guarded();
        await Assert.ThrowsAsync<PeerClosedException>(() => line.Peer.RequestAsync(new Ask(1)).AsTask());
    }
}
