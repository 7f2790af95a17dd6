using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Requests;

public sealed class A_reply_that_is_a_view_outlives_its_read
{
    /// <summary>Its owner has a copy: what is received afterwards does not reach into it.</summary>
    [Theory, EachLine]
    public async Task Until_it_is_disposed_of(Transport transport, Threading threading)
    {
        var script = new CallScript();
        await using CallLine line = await CallLine.OpenAsync(transport, script, threading);

        Task<Owned<Page>> first = line.Peer.RequestAsync(new Lookup(1)).AsTask();
        Task<Owned<Page>> second = line.Peer.RequestAsync(new Lookup(2)).AsTask();
        byte firstCall = (await line.ReceiveAsync())[3];
        byte secondCall = (await line.ReceiveAsync())[3];
        await line.SendAsync(CallFrames.Page(secondCall, 22, "second"u8), CallFrames.Page(firstCall, 11, "first"u8));
        Owned<Page> page1 = await first.Guarded();
        Owned<Page> page2 = await second.Guarded();
        await line.SendAsync(CallFrames.Note(3), CallFrames.Page(0, -1, "neither"u8));
        Assert.Equal("note 3", await script.Handled.NextAsync());

        Assert.Equal(11, page1.Value.Number);
        Assert.Equal("first"u8, page1.Value.Text);
        page1.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _ = page1.Value);
        Assert.Equal(22, page2.Value.Number);
        Assert.Equal("second"u8, page2.Value.Text);
        page2.Dispose();
    }

    /// <summary>A body that is not the view fails its request at once, not its first reader.</summary>
    [Theory, EachLine]
    public async Task And_is_read_before(Transport transport, Threading threading)
    {
        var script = new CallScript();
        await using CallLine line = await CallLine.OpenAsync(transport, script, threading);

        Task<Owned<Page>> request = line.Peer.RequestAsync(new Lookup(1)).AsTask();
        byte call = (await line.ReceiveAsync())[3];
        await line.SendAsync(CallFrames.Of(7, call, 1, 2, 3), CallFrames.Note(1));
        PeerClosedException closed = await Assert.ThrowsAsync<PeerClosedException>(() => request.Guarded());
        Assert.Equal(CloseReason.BadBody, closed.Reason);
        Assert.Equal(CloseReason.BadBody, await script.Closings.NextAsync());
        Assert.Empty(script.Handled.All);
    }
}
