using QContinuum.Protocol;
using QContinuum.Pulling;

namespace QContinuum;

/// <summary>For those who would rather read frames than be called with messages.</summary>
public sealed partial class Peer
{
    /// <summary>What gives out the frames of a <see cref="PullProcessor{THeader}"/>; set by its Opened.</summary>
    internal PullReader? Reader
    {
        get => Volatile.Read(ref _extras)?.Reader;
        set => Extras.Reader = value;
    }

    /// <summary>Whether a header, of which the body may still be to come, is that of a reply to a request. Lane only.</summary>
    internal bool IsReply<THeader>(in THeader header)
        where THeader : struct, IHeader<THeader>
    {
        MessageRole role = THeader.RoleOf(in header);
        return Requests is { IsEmpty: false } requests
            && (!THeader.TellsReplies || (role & MessageRole.Reply) != 0)
            && requests.Knows(THeader.CorrelationOf(in header), THeader.IdOf(in header), role);
    }

    /// <summary>The loop's clock, in milliseconds. Any thread.</summary>
    internal long Clock() => _connection.Loop.Clock();

    /// <summary>
    /// The frames that the peer sends, one after another, until it closes: on the thread of whoever asks. While one is being read no further is. Who stops to ask
    /// without closing the peer, be it by an exception or since <see cref="Aborted"/> says that nobody is there, leaves it unread: it may be read on, and is closed
    /// (<see cref="CloseReason.Idle"/>) when nobody asks within <see cref="PeerOptions.IdleTimeout"/>. What it does meanwhile is not seen, its end included, so where
    /// that time-out is infinite it stays.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting. What has not been read may be read by another call.</param>
    /// <returns>The frames; the end where the peer was closed in order, from either side.</returns>
    /// <exception cref="InvalidOperationException">The processor of the peer is no <see cref="PullProcessor{THeader}"/>, or another call reads at present.</exception>
    /// <exception cref="PeerClosedException">The peer closed for a fault: in the middle of a message, by a reset, late.</exception>
    /// <exception cref="OperationCanceledException">The waiting was ended.</exception>
    public IAsyncEnumerable<ReceivedFrame> ReadAllAsync(CancellationToken cancellationToken = default)
        => Reader is { } reader
            ? reader.ReadAllAsync(cancellationToken)
            : throw new InvalidOperationException(
                $"The frames of {this} go to {Processor.GetType().Name}: only those of a {nameof(PullProcessor<>)} are read by hand, and once it has opened.");
}
