using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Requests;

public sealed class A_fault_may_have_an_id_of_its_own
{
    [Theory, EachLine]
    public async Task And_fails_the_request_that_names_it(Transport transport, Threading threading)
    {
        var script = new CallScript();
        await using CallLine line = await CallLine.OpenAsync(transport, script, threading);

        Task<Answer> failed = line.Peer.RequestAsync(new Question(1)).AsTask();
        Task<Answer> other = line.Peer.RequestAsync(new Question(2)).AsTask();
        byte failedCall = (await line.ReceiveAsync())[3];
        byte otherCall = (await line.ReceiveAsync())[3];
        await line.SendAsync(CallFrames.Rejection(failedCall, 0x1234), CallFrames.Answer(otherCall, 3));

        ReplyFaultException fault = await Assert.ThrowsAsync<ReplyFaultException>(() => failed.Guarded());
        Assert.Equal(3, fault.Id);
        Assert.True(fault.TryRead(out Rejection rejection));
        Assert.Equal(new Rejection(0x1234), rejection);
        Assert.True(fault.TryReadHeader(out CallHeader header));
        Assert.Equal(failedCall, header.Call);
        Assert.False(fault.TryRead(out Answer _));
        Assert.Equal(new Answer(3), await other.Guarded());
    }

    /// <summary>To a request that does not name it, it is a message like others.</summary>
    [Theory, EachLine]
    public async Task And_fails_no_other(Transport transport, Threading threading)
    {
        var script = new CallScript();
        await using CallLine line = await CallLine.OpenAsync(transport, script, threading);

        Task<Owned<Page>> request = line.Peer.RequestAsync(new Lookup(1)).AsTask();
        byte call = (await line.ReceiveAsync())[3];
        await line.SendAsync(CallFrames.Rejection(call, 1));
        Assert.Equal($"kind 3, call {call}", await script.Handled.NextAsync());
        await line.SendAsync(CallFrames.Page(call, 5));
        using Owned<Page> page = await request.Guarded();
        Assert.Equal(5, page.Value.Number);
    }

    /// <summary>A fault whose body is anything else still fails its request, and costs nothing more.</summary>
    [Theory, EachLine]
    public async Task And_may_be_unreadable(Transport transport, Threading threading)
    {
        var script = new CallScript();
        await using CallLine line = await CallLine.OpenAsync(transport, script, threading);

        Task<Answer> request = line.Peer.RequestAsync(new Question(1)).AsTask();
        byte call = (await line.ReceiveAsync())[3];
        await line.SendAsync(CallFrames.Of(3, call, 1, 2, 3), CallFrames.Note(4));
        ReplyFaultException fault = await Assert.ThrowsAsync<ReplyFaultException>(() => request.Guarded());
        Assert.False(fault.TryRead(out Rejection _));
        Assert.Equal("note 4", await script.Handled.NextAsync());
        Assert.Equal(CloseReason.None, line.Peer.Reason);
    }
}
