using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Replies;

/// <summary>What comes in: a tag of four bytes, and a unit that replies copy.</summary>
[Header(ByteOrder.BigEndian)]
public readonly partial record struct WideIn([Length] ushort Length, [MessageId] byte Kind, byte Unit, [Correlation] uint Tag);

/// <summary>What goes out: a tag of one byte.</summary>
[Header(ByteOrder.BigEndian)]
public readonly partial record struct NarrowOut([Length] ushort Length, [MessageId] byte Kind, [Copied] byte Unit, [Correlation] byte Tag);

[Message<WideIn>(1)]
public readonly partial record struct Probe(byte Value);

[Message<NarrowOut>(2, IsReply = true)]
public readonly partial record struct Probed(byte Value);

[Message<NarrowOut>(3, Reply = typeof(Found))]
public readonly partial record struct Seek(byte Value);

[Message<WideIn>(4, IsReply = true)]
public readonly partial record struct Found(byte Value);

[Processor<WideIn, NarrowOut>(Threading.Inline)]
public sealed partial class Probes
{
    public Journal<Peer> Peers { get; } = new();

    [Opened]
    private void Opened(Peer peer) => Peers.Add(peer);

    [Handles]
    private static void On(Peer peer, in WideIn header, Probe probe)
    {
        if (probe.Value > 0)
        {
            Reply(peer, header, new Probed((byte)(probe.Value + 1)));
        }
    }
}

public sealed class A_processor_of_two_headers_replies
{
    [Fact]
    public async Task With_what_the_request_says()
    {
        var probes = new Probes();
        await using CallLine line = await CallLine.OpenAsync(probes, probes.Peers, headerSize: 5);
        await line.SendAsync([0, 1, 1, 0x55, 0, 0, 0, 0x77, 0], [0, 1, 1, 0x55, 0, 0, 0, 0x78, 9]);
        Assert.Equal([0, 1, 2, 0x55, 0x78, 10], await line.ReceiveAsync());
    }

    /// <summary>The narrower tag is all that comes back: no request has a wider one.</summary>
    [Fact]
    public async Task And_asks_with_tags_that_both_can_say()
    {
        var probes = new Probes();
        await using CallLine line = await CallLine.OpenAsync(probes, probes.Peers, headerSize: 5);
        for (int i = 0; i < 600; i++)
        {
            Task<Found> asked = line.Peer.RequestAsync(new Seek(5)).AsTask();
            byte[] request = await line.ReceiveAsync();
            await line.SendAsync([0, 1, 4, 0, 0, 0, 0, request[4], 6]);
            Assert.Equal(new Found(6), await asked.Guarded());
        }
    }
}
