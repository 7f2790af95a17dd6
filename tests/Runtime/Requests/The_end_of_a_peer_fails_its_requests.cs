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
