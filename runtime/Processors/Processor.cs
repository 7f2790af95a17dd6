using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace QContinuum;

/// <summary>
/// What handles the messages of peers. Declare a partial class with <see cref="ProcessorAttribute"/> and methods with
/// <see cref="HandlesAttribute"/>; everything else of it is generated. One processor may serve any number of servers and peers.
/// </summary>
public abstract partial class Processor
{
    private int _deadlines = (int)PeerDeadlines.All;

    /// <summary>Generated code makes one, through the class that it declares.</summary>
    [SuppressMessage("Usage", "CA2214", Justification = "What generated code gives depends on nothing of the instance.")]
    protected Processor() => Header = DispatchHeader;

    /// <summary>
    /// The deadlines that its peers are held to; all by default. A phase of a protocol that has no use for one turns it off:
    /// <c>new Lobby { Deadlines = PeerDeadlines.All &amp; ~PeerDeadlines.Idle }</c>. Any thread; peers that are there already follow with their next check, at most
    /// one time-out later.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such deadline.</exception>
    public PeerDeadlines Deadlines
    {
        get => (PeerDeadlines)Volatile.Read(ref _deadlines);
        set => Volatile.Write(
            ref _deadlines,
            (value & ~PeerDeadlines.All) == 0
                ? (int)value
                : throw new ArgumentOutOfRangeException(nameof(value), value, $"There are no deadlines beyond those of {nameof(PeerDeadlines.All)}."));
    }

    /// <summary>The threads on which the handlers run. Implemented by generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract Threading DispatchThreading { get; }

    /// <summary>The header that the peers of this processor speak. Implemented by generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract HeaderCodec DispatchHeader { get; }

    /// <summary>The header of what its peers send, where that is another one. Implemented by generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected virtual HeaderCodec DispatchReceivedHeader => DispatchHeader;

    /// <summary>Whether messages are handled here at all.</summary>
    internal virtual bool CallsHandlers => true;

    /// <summary>See <see cref="DispatchHeader"/>. Kept, since every message that is sent asks for it.</summary>
    internal HeaderCodec Header { get; }

    internal HeaderCodec ReceivedHeader => DispatchReceivedHeader;

    /// <summary>Bits of a correlation that goes out with a request and comes back with its reply; 0 where that is impossible.</summary>
    internal int CorrelationBits => Math.Min(Header.CorrelationBits, DispatchReceivedHeader.CorrelationBits);

    /// <summary>Whether bytes that the lane has consumed are the beginning of a message whose rest is missing.</summary>
    internal virtual bool IsWithinMessage(Peer peer) => false;

    internal void Open(Peer peer) => DispatchOpened(peer);

    internal int Receive(Peer peer, ReadOnlyMemory<byte> received) => DispatchReceived(peer, received);

    internal int LookForReplies(Peer peer, ReadOnlyMemory<byte> waiting) => DispatchReplies(peer, waiting);

    internal void Close(Peer peer, CloseReason reason) => DispatchClosed(peer, reason);

    /// <summary>Calls the <see cref="OpenedAttribute"/> method. Implemented by generated code.</summary>
    /// <param name="peer">The peer that opened.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void DispatchOpened(Peer peer);

    /// <summary>
    /// Frames what a peer sent and calls a handler for each whole message, until the bytes end or the peer is interrupted. Implemented by
    /// generated code.
    /// </summary>
    /// <param name="peer">The peer.</param>
    /// <param name="received">What has been received and not yet consumed; valid until the call returns.</param>
    /// <returns>Bytes consumed, from 0 to the length of <paramref name="received"/>.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract int DispatchReceived(Peer peer, ReadOnlyMemory<byte> received);

    /// <summary>
    /// Completes the requests that are answered by frames which wait for a held lane; the frames stay where they are. Implemented by generated
    /// code where the header has a correlation field.
    /// </summary>
    /// <param name="peer">The peer.</param>
    /// <param name="waiting">What waits and was not looked at before: it begins with a frame.</param>
    /// <returns>Bytes of the whole frames that were looked at.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected virtual int DispatchReplies(Peer peer, ReadOnlyMemory<byte> waiting) => 0;

    /// <summary>Calls the <see cref="ClosedAttribute"/> method. Implemented by generated code.</summary>
    /// <param name="peer">The peer that closed.</param>
    /// <param name="reason">Why.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void DispatchClosed(Peer peer, CloseReason reason);
}
