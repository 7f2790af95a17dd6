using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Requests;

public sealed class A_reply_that_comes_while_the_lane_is_held_is_judged_at_once
{
    [Theory, EachLine]
    public async Task Be_it_a_fault(Transport transport, Threading threading)
    {
        var faults = new Journal<ushort>();
        CallScript script = Asking(async peer =>
        {
            ReplyFaultException fault = await Assert.ThrowsAsync<ReplyFaultException>(async () => await peer.RequestAsync(new Question(1)));
            Assert.True(fault.TryRead(out Rejection rejection));
            faults.Add(rejection.Code);
        });
        await using CallLine line = await CallLine.OpenAsync(transport, script, threading);
        await line.SendAsync(CallFrames.Errand(1));
        byte call = (await line.ReceiveAsync())[3];
        await line.SendAsync(CallFrames.Note(1), CallFrames.Rejection(call, 99), CallFrames.Note(2));
        Assert.Equal(99, await faults.NextAsync());
        Assert.Equal(["note 1", "note 2"], await script.Handled.NextAsync(2));
    }

    /// <summary>The peer is closed: what waited before it is not handled any more.</summary>
    [Theory, EachLine]
    public async Task Be_it_malformed(Transport transport, Threading threading)
    {
        var reasons = new Journal<CloseReason>();
        CallScript script = Asking(async peer =>
        {
            PeerClosedException closed = await Assert.ThrowsAsync<PeerClosedException>(async () => await peer.RequestAsync(new Question(1)));
            reasons.Add(closed.Reason);
        });
        await using CallLine line = await CallLine.OpenAsync(transport, script, threading);
        await line.SendAsync(CallFrames.Errand(1));
        byte call = (await line.ReceiveAsync())[3];
        await line.SendAsync(CallFrames.Note(1), CallFrames.Of(2, call, 1, 2, 3), CallFrames.Note(2));
        Assert.Equal(CloseReason.BadBody, await reasons.NextAsync());
        Assert.Equal(CloseReason.BadBody, await script.Closings.NextAsync());
        Assert.Empty(script.Handled.All);
    }

    /// <summary>Several at once, of which the last that is asked is answered first, cut where a read may end.</summary>
    [Theory, EachLine]
    public async Task Be_there_several(Transport transport, Threading threading)
    {
        var sums = new Journal<int>();
        CallScript script = Asking(async peer =>
        {
            Task<Answer>[] replies = [.. Enumerable.Range(0, 3).Select(i => peer.RequestAsync(new Question(i)).AsTask())];
            sums.Add((await Task.WhenAll(replies)).Sum(answer => answer.Number));
        });
        await using CallLine line = await CallLine.OpenAsync(transport, script, threading);
        for (int round = 0; round < 20; round++)
        {
            await line.SendAsync(CallFrames.Errand(round));
            byte[] calls = [(await line.ReceiveAsync())[3], (await line.ReceiveAsync())[3], (await line.ReceiveAsync())[3]];
            byte[] sent = Frames.Join(
                CallFrames.Note(1),
                CallFrames.Answer(calls[2], 100),
                CallFrames.Note(2),
                CallFrames.Answer(calls[0], 10),
                CallFrames.Answer(calls[1], 1),
                CallFrames.Note(3));
            await line.Client.SendAsync(sent.AsMemory(0, 5 + round));
            await line.Client.SendAsync(sent.AsMemory(5 + round));
            Assert.Equal(111, await sums.NextAsync());
            Assert.Equal(["note 1", "note 2", "note 3"], await script.Handled.NextAsync(3));
        }
    }

    private static CallScript Asking(Func<Peer, Task> ask) => new() { OnErrand = (peer, _) => new ValueTask(ask(peer)) };
}
