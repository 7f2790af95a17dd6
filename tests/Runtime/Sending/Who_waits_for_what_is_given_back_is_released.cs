using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Sending;

/// <summary>A message that could not be written has taken the room for it for a moment.</summary>
public sealed class Who_waits_for_what_is_given_back_is_released
{
    private static readonly PeerServerOptions Options = new()
    {
        Loops = 1,
        Peers = new PeerOptions { LowWatermark = 0, FirstMessageTimeout = Timeout.InfiniteTimeSpan },
    };

    [Theory]
    [InlineData(Threading.Queued)]
    [InlineData(Threading.Inline)]
    public async Task As_soon_as_that_is_known(Threading threading)
    {
        Script script = new();
        await using TestServer server = await TestServer.StartAsync(script.Run(threading), Options);
        using RawClient client = await server.ConnectAsync();
        Peer peer = await script.Peers.NextAsync();
        TaskCompletionSource isReserved = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ManualResetEventSlim go = new();
        Task<int> sending = OwnThread.RunAsync(() =>
        {
            Sly.Meanwhile(() =>
            {
                isReserved.SetResult();
                go.Wait();
                throw new InvalidOperationException();
            });
            Assert.Throws<InvalidOperationException>(() => peer.Send(new Sly(1, 2)));
            return 0;
        });
        await isReserved.Task.Guarded();
        Task waiting = peer.WaitForRoomAsync().AsTask();
        Assert.False(waiting.IsCompleted);

        go.Set();

        await sending.Guarded();
        await waiting.Guarded();
        Assert.Equal(CloseReason.None, peer.Reason);
    }
}
