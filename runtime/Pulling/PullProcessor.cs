using QContinuum.Protocol;
using QContinuum.Pulling;

namespace QContinuum;

/// <summary>
/// A processor without handlers: what its peers send is read by whoever asks for it, <see cref="Peer.ReadAllAsync"/>, on any thread. Who asks for nothing is sent nothing: while a
/// frame waits to be read, the peer is not read. With <see cref="PeerServer.AcceptAsync"/> a server is a loop over peers, and a peer a loop over frames.
/// </summary>
/// <typeparam name="THeader">The header that the peers speak.</typeparam>
public sealed class PullProcessor<THeader> : Processor
    where THeader : struct, IHeader<THeader>
{
    /// <summary>
    /// A body that is longer is given out as it arrives, piece by piece (<see cref="ReceivedFrame.ReadBodyAsync"/>), and never held whole: the memory of a peer does not depend
    /// on it, and <see cref="PeerOptions.MaxMessageSize"/> does not hold for it. In bytes, not negative; by default none is.
    /// </summary>
    /// <remarks>
    /// Only where header and body are all of a frame: what stands behind a body, a checksum above all, is known too late. Between two pieces
    /// <see cref="PeerOptions.IdleTimeout"/> is the bound, not <see cref="PeerOptions.MessageTimeout"/>. A reply to a request is not given out:
    /// however long it is, it is held whole, and <see cref="PeerOptions.MaxMessageSize"/> holds for it.
    /// </remarks>
    public int StreamOver
    {
        get;
        init => field = value < 0 ? throw new ArgumentOutOfRangeException(nameof(StreamOver), value, $"{nameof(StreamOver)} must not be negative.")
            : THeader.TrailerSize > 0 || THeader.HasChecksum ? throw new NotSupportedException($"A frame of {THeader.Codec.Name} has more than header and body: it is judged whole.")
            : value <= MaxStreamedBody ? value
            : throw new ArgumentOutOfRangeException(nameof(StreamOver), value, $"{nameof(StreamOver)} must not be above {nameof(MaxStreamedBody)}, {MaxStreamedBody}.");
    } = int.MaxValue;

    /// <summary>The longest body that is given out as it arrives, in bytes, no less than <see cref="StreamOver"/>; no bound but the header's own by default.</summary>
    public int MaxStreamedBody
    {
        get;
        init => field = value < 0 || (value < StreamOver && StreamOver < int.MaxValue)
            ? throw new ArgumentOutOfRangeException(nameof(MaxStreamedBody), value, $"{nameof(MaxStreamedBody)} must be neither negative nor below {nameof(StreamOver)}.")
            : value;
    } = int.MaxValue;

    /// <inheritdoc/>
    internal override bool CallsHandlers => false;

    /// <inheritdoc/>
    protected override Threading DispatchThreading => Threading.Inline;

    /// <inheritdoc/>
    protected override HeaderCodec DispatchHeader => THeader.Codec;

    /// <summary>Whether the end now would be in the middle of a body that is given out in pieces.</summary>
    internal override bool IsWithinMessage(Peer peer) => peer.Reader is { BodyLeft: > 0 };

    /// <inheritdoc/>
    protected override void DispatchOpened(Peer peer) => peer.Reader = new PullReader(peer, Measure);

    /// <inheritdoc/>
    protected override int DispatchReceived(Peer peer, ReadOnlyMemory<byte> received)
    {
        // What is given holds the lane, unless the reader was there before it was looked whether it does: then nobody would come back for the rest.
        int consumed = 0;
        int some;
        do
        {
            some = GiveSome(peer, received[consumed..]);
            consumed += some;
        }
        while (some > 0 && consumed < received.Length && !peer.IsInterrupted);

        return consumed;
    }

    /// <summary>Gives the reader what it takes at once.</summary>
    /// <returns>The bytes of it; 0 where the next frame is not whole yet, or none.</returns>
    private int GiveSome(Peer peer, ReadOnlyMemory<byte> received)
    {
        PullReader reader = peer.Reader!;
        if (reader.BodyLeft > 0)
        {
            int piece = (int)Math.Min(reader.BodyLeft, received.Length);
            Dispatch.Await(peer, reader.GivePiece(received.Span[..piece]));
            return piece;
        }

        int answered = SkipReplies(peer, received, out bool isInterrupted);
        if (isInterrupted || (answered > 0 && answered == received.Length))
        {
            return answered;
        }

        return answered + Give(peer, reader, received.Span[answered..]);
    }

    /// <inheritdoc/>
    protected override int DispatchReplies(Peer peer, ReadOnlyMemory<byte> waiting)
    {
        if (peer.Reader is not { BodyLeft: 0 })
        {
            // What waits begins in the middle of a body; replies are found when they have their turn.
            return 0;
        }

        int seen = 0;
        while (Read(waiting.Span[seen..], peer, out THeader header, out FrameExtent extent) == FrameStatus.Complete)
        {
            Dispatch.TryComplete(peer, in header, waiting.Slice(seen, extent.Length));
            seen += extent.Length;
        }

        return seen;
    }

    /// <summary>Completes requests that the first frames answer.</summary>
    /// <returns>The bytes of those frames.</returns>
    private int SkipReplies(Peer peer, ReadOnlyMemory<byte> received, out bool isInterrupted)
    {
        int skipped = 0;
        isInterrupted = false;
        while (!isInterrupted
            && Dispatch.AwaitsReplies(peer)
            && Read(received.Span[skipped..], peer, out THeader header, out FrameExtent extent) == FrameStatus.Complete
            && Dispatch.TryComplete(peer, in header, received.Slice(skipped, extent.Length)))
        {
            skipped += extent.Length;
            isInterrupted = Dispatch.IsInterrupted(peer);
        }

        return skipped;
    }

    /// <summary>Gives the reader all whole frames at once, so that the lane is held once a read; while replies are awaited one by one, since the next may be one.</summary>
    private int Give(Peer peer, PullReader reader, ReadOnlySpan<byte> bytes)
    {
        int consumed = 0;
        FrameStatus status;
        THeader header;
        FrameExtent extent;
        while ((status = Read(bytes[consumed..], peer, out header, out extent)) == FrameStatus.Complete && extent.BodyLength <= StreamOver)
        {
            consumed += extent.Length;
            if (peer.IsInterruptedAfterMessage() || Dispatch.AwaitsReplies(peer))
            {
                break;
            }
        }

        if (consumed > 0)
        {
            Dispatch.Await(peer, reader.GiveFrames(bytes[..consumed]));
            return consumed;
        }

        if (status is FrameStatus.Complete or FrameStatus.Incomplete && extent.BodyStart > 0 && extent.BodyLength > StreamOver)
        {
            if (status == FrameStatus.Incomplete && peer.IsReply(in header))
            {
                // It goes to its request, once it is whole.
                return Dispatch.Stop(peer, status, in header, extent, 0);
            }

            // It is one message, and its pieces are none.
            _ = peer.IsInterruptedAfterMessage();
            Dispatch.Await(peer, reader.GiveHead(bytes[..extent.BodyStart], extent.BodyLength));
            return extent.BodyStart;
        }

        return Dispatch.Stop(peer, status, in header, extent, 0);
    }

    /// <inheritdoc/>
    protected override void DispatchClosed(Peer peer, CloseReason reason)
    {
        peer.Reader?.End(reason);
        if (reason == CloseReason.Redirected)
        {
            peer.Reader = null;
        }
    }

    private FrameStatus Read(ReadOnlySpan<byte> bytes, Peer peer, out THeader header, out FrameExtent extent)
    {
        FrameStatus status = THeader.TryReadFrame(bytes, Math.Max(peer.MaxMessageSize, StreamOver < int.MaxValue ? MaxStreamedBody : 0), out header, out extent);
        return status is FrameStatus.Complete or FrameStatus.Incomplete
            && extent.BodyLength > peer.MaxMessageSize
            && (extent.BodyLength <= StreamOver || peer.IsReply(in header))
            ? FrameStatus.TooLong
            : status;
    }

    private static ReceivedFrame Measure(PullReader reader, int number, ReadOnlyMemory<byte> bytes, out int length)
    {
        // The head alone of a body that comes in pieces, or a frame that has been seen whole.
        _ = THeader.TryReadFrame(bytes.Span, int.MaxValue, out THeader header, out FrameExtent extent);
        length = Math.Min(extent.Length, bytes.Length);
        return new ReceivedFrame(reader, number, bytes[..length], THeader.Codec, THeader.IdOf(in header), THeader.RoleOf(in header), extent.BodyStart, extent.BodyLength);
    }
}
