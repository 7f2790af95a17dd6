using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Requests;

public sealed class A_reply_finds_its_request
{
    [Theory, EachLine]
    public async Task In_whatever_order_replies_come(Transport transport, Threading threading)
    {
        await using Line line = await Line.OpenAsync(transport, threading);
        Task<Value>[] asked = [.. Enumerable.Range(0, 8).Select(number => line.Peer.RequestAsync(new Ask((byte)number)).AsTask())];
        var correlations = new byte[8];
        for (byte number = 0; number < correlations.Length; number++)
        {
            correlations[number] = await line.ReceiveAskAsync(number);
        }

        Assert.Equal(correlations.Length, correlations.Distinct().Count());
        for (int number = correlations.Length - 1; number >= 0; number--)
        {
            await line.ReplyAsync(correlations[number], (ushort)(1000 + number));
        }

        Assert.Equal(Enumerable.Range(1000, 8).Select(static content => new Value((ushort)content)), await Task.WhenAll(asked).Guarded());
    }

    [Theory, EachLine]
    public async Task With_header_fields_chosen_by_hand(Transport transport, Threading threading)
    {
        await using Line line = await Line.OpenAsync(transport, threading);
        Task<Value> asked = line.Peer.RequestAsync(new DeviceHeader(unit: 9), new Ask(3)).AsTask();
        byte[] frame = await line.Device.ReceiveAsync(5);
        Assert.Equal([1, 1, frame[2], 9, 3], frame);
        await line.ReplyAsync(frame[2], 5);
        Assert.Equal(new Value(5), await asked.Guarded());
    }

    /// <summary>There are 255 correlations of one byte, and every one is used again.</summary>
    [Theory, EachLine]
    public async Task After_the_correlations_have_gone_round(Transport transport, Threading threading)
    {
        await using Line line = await Line.OpenAsync(transport, threading);
        for (int round = 0; round < 1000; round++)
        {
            Task<Value> asked = line.Peer.RequestAsync(new Ask((byte)round)).AsTask();
            byte correlation = await line.ReceiveAskAsync((byte)round);
            Assert.NotEqual(0, correlation);
            await line.ReplyAsync(correlation, (ushort)round);
            Assert.Equal(new Value((ushort)round), await asked.Guarded());
        }
    }

    /// <summary>What has the correlation of a request and another id than its reply is a message like others.</summary>
    [Theory, EachLine]
    public async Task And_a_message_of_another_id_is_none(Transport transport, Threading threading)
    {
        await using Line line = await Line.OpenAsync(transport, threading);
        Task<Value> asked = line.Peer.RequestAsync(new Ask(1)).AsTask();
        byte correlation = await line.ReceiveAskAsync(1);
        await line.Device.SendAsync(Line.Occur(7, correlation));
        Assert.Equal(7, await line.Events.NextAsync());
        Assert.False(asked.IsCompleted);
        await line.ReplyAsync(correlation, 2);
        Assert.Equal(new Value(2), await asked.Guarded());
    }

    [Theory, EachLine]
    public async Task And_a_fault_throws(Transport transport, Threading threading)
    {
        await using Line line = await Line.OpenAsync(transport, threading);
        Task<Value> asked = line.Peer.RequestAsync(new Ask(1)).AsTask();
        byte correlation = await line.ReceiveAskAsync(1);
        await line.Device.SendAsync(new byte[] { 1, 0x81, correlation, 4, 0x2A });
        ReplyFaultException fault = await Assert.ThrowsAsync<ReplyFaultException>(() => asked.Guarded());
        Assert.Equal(1, fault.Id);
        Assert.True(fault.TryRead(out Refusal refusal));
        Assert.Equal(0x2A, refusal.Code);
        Assert.True(fault.TryReadHeader(out DeviceHeader header));
        Assert.Equal(4, header.Unit);
    }

    [Theory, EachLine]
    public async Task And_one_that_is_malformed_closes_the_peer(Transport transport, Threading threading)
    {
        await using Line line = await Line.OpenAsync(transport, threading);
        Task<Value> asked = line.Peer.RequestAsync(new Ask(1)).AsTask();
        byte correlation = await line.ReceiveAskAsync(1);
        await line.Device.SendAsync(new byte[] { 1, 1, correlation, 0, 0x2A });
        Assert.Equal(CloseReason.BadBody, (await Assert.ThrowsAsync<PeerClosedException>(() => asked.Guarded())).Reason);
        Assert.Equal(CloseReason.BadBody, await line.Peer.Completion.Guarded());
    }
}
