using System.Buffers;
using System.Threading.Channels;
using QContinuum.Protocol;

namespace QContinuum.Benchmarks.Processors;

/// <summary>
/// The most that a channel can be made to do: one item for all whole messages of a read, copied to a rented array. What was framed to know where they end is framed
/// once more to answer them.
/// </summary>
public sealed class ChannelOfReads : Processor
{
    private readonly Channel<(Peer Peer, byte[] Bytes, int Length)> _reads =
        Channel.CreateUnbounded<(Peer Peer, byte[] Bytes, int Length)>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    public ChannelOfReads() => _ = AnswerAsync();

    protected override Threading DispatchThreading => Threading.Inline;

    protected override HeaderCodec DispatchHeader => Framing.CodecOf<MessageHeader>();

    protected override void DispatchOpened(Peer peer)
    {
    }

    protected override int DispatchReceived(Peer peer, ReadOnlyMemory<byte> received)
    {
        ReadOnlySpan<byte> bytes = received.Span;
        int consumed = 0;
        FrameStatus status;
        while ((status = Framing.TryReadFrame(bytes[consumed..], peer.MaxMessageSize, out MessageHeader header, out FrameExtent extent)) == FrameStatus.Complete)
        {
            consumed += extent.Length;
        }

        if (consumed > 0)
        {
            byte[] copy = ArrayPool<byte>.Shared.Rent(consumed);
            bytes[..consumed].CopyTo(copy);
            _reads.Writer.TryWrite((peer, copy, consumed));
        }

        return status == FrameStatus.Incomplete ? consumed : throw new InvalidDataException($"{status}");
    }

    protected override void DispatchClosed(Peer peer, CloseReason reason)
    {
    }

    private async Task AnswerAsync()
    {
        while (await _reads.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (_reads.Reader.TryRead(out (Peer Peer, byte[] Bytes, int Length) read))
            {
                Answer(read.Peer, read.Bytes.AsSpan(0, read.Length));
                ArrayPool<byte>.Shared.Return(read.Bytes);
            }
        }
    }

    private static void Answer(Peer peer, ReadOnlySpan<byte> bytes)
    {
        while (Framing.TryReadFrame(bytes, peer.MaxMessageSize, out MessageHeader header, out FrameExtent extent) == FrameStatus.Complete)
        {
            peer.Forward(in header, bytes.Slice(extent.BodyStart, extent.BodyLength));
            bytes = bytes[extent.Length..];
        }
    }
}
