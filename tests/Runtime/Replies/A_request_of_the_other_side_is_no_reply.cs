using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Replies;

public sealed class A_request_of_the_other_side_is_no_reply
{
    /// <summary>Both sides ask the same thing with the same correlation: the flag tells which is which.</summary>
    [Theory, EachLine]
    public async Task Though_its_id_and_correlation_are_those_of_ours(Transport transport, Threading threading)
    {
        var tanks = new Tanks();
        await using CallLine line = await CallLine.OpenAsync(transport, tanks.Run(threading), tanks.Peers, FlagFrames.HeaderSize);
        Task<Level> request = line.Peer.RequestAsync(new GetLevel(7)).AsTask();
        byte[] asked = await line.ReceiveAsync();
        ushort call = (ushort)((asked[5] << 8) | asked[6]);
        Assert.Equal(FlagFrames.Of(1, call, 0, 0, 7), asked);

        await line.SendAsync(FlagFrames.Of(1, call, 3, 0, 50));
        Assert.Equal(FlagFrames.Of(1 | FlagFrames.Reply, call, 3, 0, 51), await line.ReceiveAsync());
        Assert.False(request.IsCompleted);

        await line.SendAsync(FlagFrames.Of(1 | FlagFrames.Reply, call, 0, 0, 60));
        Assert.Equal(new Level(60), await request.Guarded());
    }

    /// <summary>Chosen fields travel with a request; the correlation is not among them.</summary>
    [Theory, EachLine]
    public async Task And_ours_may_have_chosen_fields(Transport transport, Threading threading)
    {
        var tanks = new Tanks();
        await using CallLine line = await CallLine.OpenAsync(transport, tanks.Run(threading), tanks.Peers, FlagFrames.HeaderSize);
        var header = default(FlagHeader) with { Unit = 4, Priority = 5, Call = 0xFFFF };
        Task<Level> request = line.Peer.RequestAsync(header, new GetLevel(7)).AsTask();
        byte[] asked = await line.ReceiveAsync();
        ushort call = (ushort)((asked[5] << 8) | asked[6]);
        Assert.NotEqual(0xFFFF, call);
        Assert.Equal(FlagFrames.Of(1, call, 4, 5, 7), asked);

        await line.SendAsync(FlagFrames.Of(1 | FlagFrames.Fault, call, 4, 6, 99));
        ReplyFaultException fault = await Assert.ThrowsAsync<ReplyFaultException>(() => request.Guarded());
        Assert.Equal(1, fault.Id);
        Assert.True(fault.TryRead(out Fault read));
        Assert.Equal(new Fault(99), read);
        Assert.True(fault.TryReadHeader(out FlagHeader faultHeader));
        Assert.Equal((4, 6, call), (faultHeader.Unit, faultHeader.Priority, faultHeader.Call));
    }

    /// <summary>A reply to nothing that was asked is a message whose id nobody takes as a request.</summary>
    [Theory, EachLine]
    public async Task And_a_reply_to_nothing_is_no_request(Transport transport, Threading threading)
    {
        var tanks = new Tanks();
        await using CallLine line = await CallLine.OpenAsync(transport, tanks.Run(threading), tanks.Peers, FlagFrames.HeaderSize);
        await line.SendAsync(FlagFrames.Of(1 | FlagFrames.Reply, 5, 0, 0, 50));
        Assert.Empty(await line.Client.EndedAsync());
        Assert.Equal(CloseReason.UnknownMessage, await tanks.Closings.NextAsync());
    }
}
