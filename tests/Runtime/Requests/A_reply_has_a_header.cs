using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Requests;

public sealed class A_reply_has_a_header
{
    [Theory, EachLine]
    public async Task That_an_owned_reply_tells(Transport transport, Threading threading)
    {
        await using CallLine line = await CallLine.OpenAsync(transport, new CallScript(), threading);
        Task<Owned<Answer>> asked = line.Peer.RequestOwnedAsync(new Question(1)).AsTask();
        byte call = (await line.ReceiveAsync())[3];
        await line.SendAsync(CallFrames.Answer(call, 42));
        using Owned<Answer> reply = await asked.Guarded();
        Assert.Equal(new Answer(42), reply.Value);
        Assert.True(reply.TryReadHeader(out CallHeader header));
        Assert.Equal(new CallHeader { Length = 4, Kind = 2, Call = call }, header);
        Assert.False(reply.TryReadHeader(out MessageHeader _));
    }

    [Fact]
    public async Task Be_it_a_view_or_chosen_by_hand()
    {
        await using CallLine line = await CallLine.OpenAsync(new CallScript(), Threading.Inline);
        Task<Owned<Page>> looked = line.Peer.RequestAsync(new Lookup(1)).AsTask();
        byte call = (await line.ReceiveAsync())[3];
        await line.SendAsync(CallFrames.Page(call, 1, "text"u8));
        using Owned<Page> page = await looked.Guarded();
        Assert.True(page.TryReadHeader(out CallHeader header));
        Assert.Equal((ushort)8, header.Length);

        Task<Owned<Answer>> asked = line.Peer.RequestOwnedAsync(default(CallHeader), new Question(2)).AsTask();
        byte second = (await line.ReceiveAsync())[3];
        await line.SendAsync(CallFrames.Rejection(second, 7));
        ReplyFaultException fault = await Assert.ThrowsAsync<ReplyFaultException>(() => asked.Guarded());
        Assert.True(fault.TryReadHeader(out CallHeader rejected));
        Assert.Equal(second, rejected.Call);
    }
}
