using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Requests;

public sealed class The_end_of_a_peer_fails_its_requests
{
    [Fact]
    public Task When_this_side_closes_it() => CheckAsync(static line => line.Peer.Close(), CloseReason.Local);

    [Fact]
    public Task When_this_side_aborts_it() => CheckAsync(static line => line.Peer.Abort(), CloseReason.Local);

    [Fact]
    public Task When_the_other_side_ends() => CheckAsync(static line => line.Device.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send), CloseReason.Remote);

    [Fact]
    public Task When_the_connection_is_reset() => CheckAsync(
        static line =>
        {
            line.Device.Socket.LingerState = new System.Net.Sockets.LingerOption(true, 0);
            line.Device.Dispose();
        },
        CloseReason.Reset);

    private static async Task CheckAsync(Action<Line> end, CloseReason reason)
    {
        await using Line line = await Line.OpenAsync(options: new PeerOptions { RequestTimeout = Timeout.InfiniteTimeSpan });
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
