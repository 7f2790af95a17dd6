using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.BadInput;

public sealed class A_bad_message_ends_its_peer_and_no_other
{
    private static readonly (string Name, byte[] Bytes, CloseReason Reason)[] Cases =
    [
        ("a length of -1", Frames.Header(-1, id: 1), CloseReason.NegativeLength),
        ("the least length", Frames.Header(int.MinValue, id: 1), CloseReason.NegativeLength),
        ("a length beyond the limit", Frames.Header((1024 * 1024) + 1, id: 5), CloseReason.TooLong),
        ("the greatest length", Frames.Header(int.MaxValue, id: 5), CloseReason.TooLong),
        ("an unknown id", Frames.Of(99, 1, 2, 3), CloseReason.UnknownMessage),
        ("an unknown id without a body", Frames.Of(0), CloseReason.UnknownMessage),
        ("a negative id", Frames.Of(-1, 1), CloseReason.UnknownMessage),
        ("an id beyond all others", Frames.Of(int.MaxValue, 1), CloseReason.UnknownMessage),
        ("a Move without a body", Frames.Of(1), CloseReason.BadBody),
        ("a Move that is a byte short", Frames.Of(1, new byte[11]), CloseReason.BadBody),
        ("a Move that is a byte long", Frames.Of(1, new byte[13]), CloseReason.BadBody),
        ("a Blob shorter than its fixed part", Frames.Of(2, new byte[3]), CloseReason.BadBody),
        ("a Chat without a body", Frames.Of(3), CloseReason.BadBody),
        ("a Chat of a byte that MessagePack never uses", Frames.Of(3, 0xC1), CloseReason.BadBody),
        ("a Chat that is nil", Frames.Of(3, 0xC0), CloseReason.BadBody),
        ("a Chat whose text is a number", Frames.Of(3, 0x91, 0x05), CloseReason.BadBody),
        ("a Chat cut off in its text", Frames.Of(3, 0x91, 0xA5, (byte)'h'), CloseReason.BadBody),
        ("a Chat that claims a text of 4 GiB", Frames.Of(3, 0x91, 0xDB, 0xFF, 0xFF, 0xFF, 0xFF), CloseReason.BadBody),
        ("a Chat followed by a byte", Frames.Of(3, 0x91, 0xA1, (byte)'h', 0x00), CloseReason.BadBody),
        ("a Chat of 100,000 nested arrays", Frames.Of(3, [.. Enumerable.Repeat((byte)0x91, 100_000)]), CloseReason.BadBody),
    ];

    public static TheoryData<string, Transport, Threading> Each()
    {
        var each = new TheoryData<string, Transport, Threading>();
        foreach ((string name, _, _) in Cases)
        {
            foreach (Transport transport in EachTransportAttribute.TransportsHere)
            {
                each.Add(name, transport, Threading.Queued);
                each.Add(name, transport, Threading.Inline);
            }
        }

        return each;
    }

    [Theory, MemberData(nameof(Each))]
    public async Task With_the_reason_and_a_log_line(string name, Transport transport, Threading threading)
    {
        (_, byte[] bytes, CloseReason expected) = Cases.Single(one => one.Name == name);
        var script = new Script();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));

        using RawClient good = await server.ConnectAsync();
        await good.ExpectEchoAsync(Frames.Move(1, 2, 3));
        await script.Peers.NextAsync();

        using RawClient bad = await server.ConnectAsync();
        await bad.ExpectEchoAsync(Frames.Move(4, 5, 6));
        Peer peer = await script.Peers.NextAsync();

        // What follows a bad message is not looked at, whatever it is.
        await bad.SendAsync(Frames.Join(bytes, Frames.Move(7, 8, 9)));
        Assert.Empty(await bad.EndedAsync());

        Assert.Equal((peer, expected), await script.Closings.NextAsync());
        Assert.Equal(expected, await peer.Completion.Guarded());
        Assert.Contains(expected.ToString(), await server.Log.NextAsync(), StringComparison.Ordinal);

        await good.ExpectEchoAsync(Frames.Move(1, 2, 3));
        Assert.Single(script.Closings.All);
        Assert.Single(server.Log.All);
    }
}
