using MessagePack;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Framing;

/// <summary>A mark, a sum of the body in the header, and a trailer that ends in a mark: <c>AB LL LL KK CC SS … RR RR 16</c>.</summary>
[Header(ByteOrder.BigEndian, MaxFrame = 1000)]
public readonly partial record struct SealedHeader(
    [Constant(0xAB)] byte Begin,
    [Length] ushort Length,
    [MessageId] byte Kind,
    [Correlation] byte Call,
    [Checksum(ChecksumAlgorithm.Sum, Over = ChecksumOver.Body)] byte Sum,
    [Trailer, Checksum(ChecksumAlgorithm.Crc16Modbus), LittleEndian] ushort Crc,
    [Trailer, Constant(0x16)] byte End);

[Message<SealedHeader>(1, Reply = typeof(SealedReply)), MessagePackObject]
public sealed partial class SealedQuestion
{
    [Key(0)]
    public string Text { get; init; } = "";
}

[Message<SealedHeader>(2, IsReply = true), MessagePackObject]
public sealed partial class SealedReply
{
    [Key(0)]
    public string Text { get; init; } = "";
}

[Processor<SealedHeader>(Threading.Queued)]
public sealed partial class QueuedSealed
{
    public Journal<Peer> Peers { get; } = new();

    [Opened]
    private void Opened(Peer peer) => Peers.Add(peer);

    [Handles]
    private SealedReply On(Peer peer, SealedQuestion question) => new() { Text = question.Text + "!" };

    [Unhandled]
    private void Other(Peer peer, in SealedHeader header, ReadOnlySpan<byte> body) => SealedFrames.ForwardTwice(peer, in header, body);
}

[Processor<SealedHeader>(Threading.Inline)]
public sealed partial class InlineSealed
{
    public Journal<Peer> Peers { get; } = new();

    [Opened]
    private void Opened(Peer peer) => Peers.Add(peer);

    [Handles]
    private SealedReply On(Peer peer, SealedQuestion question) => new() { Text = question.Text + "!" };

    [Unhandled]
    private void Other(Peer peer, in SealedHeader header, ReadOnlySpan<byte> body) => SealedFrames.ForwardTwice(peer, in header, body);
}

/// <summary>The same frames made by hand.</summary>
internal static class SealedFrames
{
    public static byte[] Of(byte kind, byte call, params ReadOnlySpan<byte> body)
    {
        byte sum = 0;
        foreach (byte one in body)
        {
            sum += one;
        }

        byte[] covered = [0xAB, (byte)(body.Length >> 8), (byte)body.Length, kind, call, sum, .. body];
        ushort crc = ushort.MaxValue;
        foreach (byte one in covered)
        {
            crc ^= one;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (ushort)((crc >> 1) ^ ((crc & 1) * 0xA001));
            }
        }

        return [.. covered, (byte)crc, (byte)(crc >> 8), 0x16];
    }

    /// <summary>On the lane, and from a thread that is not; what is too long is refused in between.</summary>
    public static void ForwardTwice(Peer peer, in SealedHeader header, ReadOnlySpan<byte> body)
    {
        SealedHeader wrong = header with { Sum = 1, Crc = 2, End = 3, Length = 4, Begin = 5 };
        Assert.Throws<ArgumentException>(() => peer.Forward(in wrong, new byte[1000 - 8]));
        peer.Forward(in wrong, body);
        byte[] copy = body.ToArray();
        ThreadPool.QueueUserWorkItem(_ =>
        {
            Assert.Throws<ArgumentException>(() => peer.Forward(in wrong, new byte[1000 - 8]));
            peer.Forward(in wrong, copy);
        });
    }
}

public sealed class A_frame_with_a_checksum_goes_both_ways
{
    [Theory, EachLine]
    public async Task Around_a_MessagePack_body(Transport transport, Threading threading)
    {
        (Processor processor, Journal<Peer> peers) = Make(threading);
        await using TestServer server = await TestServer.StartAsync(transport, processor);
        using RawClient client = await server.ConnectAsync();
        Peer peer = await peers.NextAsync();

        await client.SendAsync(SealedFrames.Of(1, 200, MessagePackSerializer.Serialize(new SealedQuestion { Text = "hello" })));
        byte[] reply = SealedFrames.Of(2, 200, MessagePackSerializer.Serialize(new SealedReply { Text = "hello!" }));
        Assert.Equal(reply, await client.ReceiveAsync(reply.Length));

        Task<SealedReply> request = peer.RequestAsync(new SealedQuestion { Text = "and you" }).AsTask();
        byte[] asked = SealedFrames.Of(1, 1, MessagePackSerializer.Serialize(new SealedQuestion { Text = "and you" }));
        Assert.Equal(asked, await client.ReceiveAsync(asked.Length));
        await client.SendAsync(SealedFrames.Of(2, 1, MessagePackSerializer.Serialize(new SealedReply { Text = "well" })));
        Assert.Equal("well", (await request.Guarded()).Text);
    }

    /// <summary>A request that its header cannot frame is not one: it does not wait, and the next one is whole.</summary>
    [Theory, EachLine]
    public async Task And_a_request_that_is_too_long_is_none(Transport transport, Threading threading)
    {
        (Processor processor, Journal<Peer> peers) = Make(threading);
        await using TestServer server = await TestServer.StartAsync(transport, processor, new PeerServerOptions { Loops = 1, Peers = new PeerOptions { MaxRequests = 1 } });
        using RawClient client = await server.ConnectAsync();
        Peer peer = await peers.NextAsync();
        for (int i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<ArgumentException>(async () => await peer.RequestAsync(new SealedQuestion { Text = new string('x', 1000) }));
        }

        Task<SealedReply> request = peer.RequestAsync(new SealedQuestion { Text = "short" }).AsTask();
        byte[] body = MessagePackSerializer.Serialize(new SealedQuestion { Text = "short" });
        byte[] asked = await client.ReceiveAsync(SealedFrames.Of(1, 0, body).Length);
        Assert.Equal(SealedFrames.Of(1, asked[4], body), asked);
        await client.SendAsync(SealedFrames.Of(2, asked[4], MessagePackSerializer.Serialize(new SealedReply { Text = "well" })));
        Assert.Equal("well", (await request.Guarded()).Text);
    }

    /// <summary>What is passed on has its own length, constants and checksums, whatever its header says, and all else as it came.</summary>
    [Theory, EachLine]
    public async Task And_is_passed_on_unread(Transport transport, Threading threading)
    {
        (Processor processor, _) = Make(threading);
        await using TestServer server = await TestServer.StartAsync(transport, processor);
        using RawClient client = await server.ConnectAsync();
        foreach (int length in (int[])[0, 1, 7, 255, 256, 1000 - 9])
        {
            byte[] frame = SealedFrames.Of(77, 5, Frames.Pattern(length, seed: length));
            await client.SendAsync(frame);
            Assert.Equal(Frames.Join(frame, frame), await client.ReceiveAsync(2 * frame.Length));
        }
    }

    /// <summary>Each bit of it counts: whatever is changed, nothing is handled.</summary>
    [Theory, EachLine]
    public async Task And_is_refused_when_a_byte_is_wrong(Transport transport, Threading threading)
    {
        (Processor processor, Journal<Peer> peers) = Make(threading);
        await using TestServer server = await TestServer.StartAsync(transport, processor);
        byte[] frame = SealedFrames.Of(77, 5, 1, 2, 3);
        foreach (int at in Enumerable.Range(0, frame.Length).Where(at => at is not (1 or 2)))
        {
            using RawClient client = await server.ConnectAsync();
            Peer peer = await peers.NextAsync();
            byte[] wrong = [.. frame];
            wrong[at] ^= 0x20;
            await client.SendAsync(wrong);
            Assert.Empty(await client.EndedAsync());
            CloseReason expected = at == 0 || at == frame.Length - 1 ? CloseReason.BadHeader : CloseReason.BadChecksum;
            Assert.Equal(expected, await peer.Completion.Guarded());
            Assert.Contains($"{expected}", await server.Log.NextAsync(), StringComparison.Ordinal);
        }
    }

    private static (Processor Processor, Journal<Peer> Peers) Make(Threading threading)
    {
        if (threading == Threading.Queued)
        {
            var queued = new QueuedSealed();
            return (queued, queued.Peers);
        }

        var inline = new InlineSealed();
        return (inline, inline.Peers);
    }
}
