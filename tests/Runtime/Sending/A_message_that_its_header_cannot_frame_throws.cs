using MessagePack;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Sending;

/// <summary>A length of one byte, a checksum of the whole frame and an end mark.</summary>
[Header(ByteOrder.BigEndian)]
internal readonly partial record struct NarrowHeader(
    [Length] byte Length,
    [MessageId] byte Id,
    [Trailer, Checksum(ChecksumAlgorithm.Crc32)] uint Sum,
    [Trailer, Constant(0x16)] byte End);

[Message<NarrowHeader>(1)]
internal readonly ref partial struct Narrow
{
    [Tail]
    public readonly ReadOnlySpan<byte> Data;
}

/// <summary>A body whose size is known only once it is written.</summary>
[Message<NarrowHeader>(2), MessagePackObject]
public sealed partial class NarrowNote
{
    [Key(0)]
    public string Text { get; init; } = "";
}

[Message<NarrowHeader>(3)]
internal readonly partial record struct Packed([Bits(3)] byte Level, [Bits(4)] sbyte Trend, [Bits(1)] byte Mark);

[Processor<NarrowHeader>]
internal sealed partial class NarrowEcho
{
    [Handles]
    private void On(Peer peer, Narrow message)
    {
        Assert.Throws<ArgumentException>(() => peer.Send(new Narrow(new byte[256])));
        Assert.Throws<ArgumentException>(() => peer.Send(new NarrowNote { Text = new string('x', 256) }));
        peer.Send(message);
    }

    [Handles]
    private void On(Peer peer, NarrowNote message) => peer.Send(message);
}

public sealed class A_message_that_its_header_cannot_frame_throws
{
    /// <summary>On a lane and on a foreign thread: nothing of it is sent, and what follows is whole.</summary>
    [Fact]
    public async Task And_what_follows_is_whole()
    {
        await using TestServer server = await TestServer.StartAsync(new NarrowEcho());
        await using Peer peer = await Peer.ConnectTcpAsync(server.EndPoint, new NarrowEcho()).Guarded();
        using RawClient client = await server.ConnectAsync();
        Assert.Throws<ArgumentException>(() => peer.Send(new Narrow(new byte[256])));
        Assert.Throws<ArgumentException>(() => peer.Send(new NarrowNote { Text = new string('x', 300) }));

        byte[] frame = Frame(1, [1, 2, 3]);
        await client.ExpectEchoAsync(frame);
        byte[] longest = Frame(1, [.. Enumerable.Range(0, 255).Select(static number => (byte)number)]);
        await client.ExpectEchoAsync(longest);
        Assert.Equal(CloseReason.None, peer.Reason);
    }

    /// <summary>A value that has more bits than its field is no other value.</summary>
    [Theory]
    [InlineData(7, 4, true)]
    [InlineData(8, 0, false)]
    [InlineData(0, -9, false)]
    [InlineData(0, -8, true)]
    [InlineData(0, 4, true)]
    [InlineData(0, 8, false)]
    public void And_so_does_one_whose_bits_do_not_hold_its_value(byte level, sbyte trend, bool fits)
    {
        var body = new System.Buffers.ArrayBufferWriter<byte>();
        var message = new Packed(level, trend, 1);
        if (!fits)
        {
            Assert.Throws<ArgumentException>(() => MessageCodec.WriteBody(in message, body));
            return;
        }

        MessageCodec.WriteBody(in message, body);
        Assert.True(MessageCodec.TryRead(body.WrittenSpan, out Packed read));
        Assert.Equal(message, read);
    }

    [Fact]
    public void And_a_whole_frame_can_be_written_in_memory()
    {
        var destination = new System.Buffers.ArrayBufferWriter<byte>();
        MessageCodec.WriteFrame(default(NarrowHeader), new Narrow([1, 2, 3]), destination);
        Assert.Equal(Frame(1, [1, 2, 3]), destination.WrittenSpan.ToArray());
        MessageCodec.WriteFrame(default(NarrowHeader), new NarrowNote { Text = "note" }, destination);
        byte[] both = [.. Frame(1, [1, 2, 3]), .. Frame(2, MessagePackSerializer.Serialize(new NarrowNote { Text = "note" }))];
        Assert.Equal(both, destination.WrittenSpan.ToArray());
    }

    [Fact]
    public async Task And_a_MessagePack_body_has_its_checksum_too()
    {
        await using TestServer server = await TestServer.StartAsync(new NarrowEcho());
        using RawClient client = await server.ConnectAsync();
        byte[] body = MessagePackSerializer.Serialize(new NarrowNote { Text = "note" });
        await client.ExpectEchoAsync(Frame(2, body));

        byte[] wrong = Frame(2, body);
        wrong[2] ^= 1;
        await client.SendAsync(wrong);
        Assert.Empty(await client.EndedAsync());
        Assert.Contains("BadChecksum", await server.Log.NextAsync(), StringComparison.Ordinal);
    }

    // By another implementation of CRC-32.
    private static byte[] Frame(byte id, byte[] body)
    {
        byte[] covered = [(byte)body.Length, id, .. body];
        uint state = uint.MaxValue;
        foreach (byte one in covered)
        {
            state ^= one;
            for (int bit = 0; bit < 8; bit++)
            {
                state = (state >> 1) ^ ((state & 1) * 0xEDB88320);
            }
        }

        state = ~state;
        return [.. covered, (byte)(state >> 24), (byte)(state >> 16), (byte)(state >> 8), (byte)state, 0x16];
    }
}
