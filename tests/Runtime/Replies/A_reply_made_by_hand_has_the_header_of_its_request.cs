using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Replies;

public sealed class A_reply_made_by_hand_has_the_header_of_its_request
{
    private static readonly byte[] Request = FlagFrames.Of(5, 0x1234, unit: 9, priority: 3, 1);

    /// <summary>Its id is the reply's own, and of what the request says only the correlation and the copied field are kept.</summary>
    [Theory, EachLine]
    public Task By_Reply(Transport transport, Threading threading) => CheckAsync(
        transport,
        threading,
        static (peer, header, _) => peer.Reply(header, new Level(8)),
        FlagFrames.Of(1 | FlagFrames.Reply, 0x1234, 9, 0, 8));

    /// <summary>A fault without an id takes that of the request.</summary>
    [Theory, EachLine]
    public Task Also_for_a_fault(Transport transport, Threading threading) => CheckAsync(
        transport,
        threading,
        static (peer, header, _) => peer.Reply(header, new Fault(8)),
        FlagFrames.Of(5 | FlagFrames.Fault, 0x1234, 9, 0, 8));

    /// <summary>What the sender chooses is kept, but for what the message decides.</summary>
    [Theory, EachLine]
    public Task And_chosen_fields_are_kept(Transport transport, Threading threading) => CheckAsync(
        transport,
        threading,
        static (peer, header, _) => peer.Send(header with { Priority = 200, Length = 999 }, new Level(8)),
        FlagFrames.Of(1 | FlagFrames.Reply, 0x1234, 9, 200, 8));

    [Theory, EachLine]
    public Task Or_is_a_fault_with_chosen_fields(Transport transport, Threading threading) => CheckAsync(
        transport,
        threading,
        static (peer, header, _) => peer.Send(header with { Unit = 10, Priority = 200 }, new Fault(8)),
        FlagFrames.Of(5 | FlagFrames.Fault, 0x1234, 10, 200, 8));

    /// <summary>From a thread that is not the lane's, after the handler has returned.</summary>
    [Theory, EachLine]
    public Task Also_from_another_thread(Transport transport, Threading threading) => CheckAsync(
        transport,
        threading,
        static (peer, header, inspect) => ThreadPool.QueueUserWorkItem(_ => peer.Reply(header, new Name("elsewhere"u8))),
        FlagFrames.Of(4 | FlagFrames.Reply, 0x1234, 9, 0, "elsewhere"u8));

    private static async Task CheckAsync(
        Transport transport, Threading threading, Action<Peer, FlagHeader, Inspect> onInspect, byte[] expected)
    {
        var tanks = new Tanks { OnInspect = onInspect };
        await using CallLine line = await CallLine.OpenAsync(transport, tanks.Run(threading), tanks.Peers, FlagFrames.HeaderSize);
        await line.SendAsync(Request);
        Assert.Equal(expected, await line.ReceiveAsync());
    }
}
