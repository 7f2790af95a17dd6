using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Requests;

/// <summary>A handler has its reply, and goes on. The other side answers again and again: what waits for the handler is bounded by the watermark and one message, as without that.</summary>
public sealed class A_reply_that_comes_again_and_again_is_bounded
{
    private const int Pages = 300;
    private const int Bound = 4 * 1024 * 1024;

    [Theory, EachLine]
    public async Task While_a_handler_runs(Transport transport, Threading threading)
    {
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Journal<int> answered = new();
        CallScript script = new()
        {
            OnErrand = async (peer, _) =>
            {
                using Owned<Page> page = await peer.RequestAsync(new Lookup(1));
                answered.Add(1);
                await go.Task;
            },
        };
        await using CallLine line = await CallLine.OpenAsync(transport, script, threading, new PeerOptions { MaxMessageSize = 64 * 1024 });
        await line.SendAsync(CallFrames.Errand(1));
        byte call = (await line.ReceiveAsync())[3];
        byte[] page = CallFrames.Page(call, 1, new byte[60_000]);
        await line.SendAsync(page);
        await answered.NextAsync();

        int taken = await Flood.UntilRefusedAsync(line.Client, Frames.Join(Enumerable.Repeat(page, Pages)), line.Server.TurnAsync);

        Assert.InRange(line.Peer.Statistics.BytesReceived, 1, Bound);
        Assert.InRange(line.Peer.CommittedBytes, 1, Bound);
        Assert.True(taken > 0);
        line.Client.Reset();
        go.SetResult();
    }
}
