using QContinuum.Loops;

namespace QContinuum;

/// <summary>The bounds of one peer. All are in force by default: what a peer can make this process hold follows from them.</summary>
public sealed record PeerOptions
{
    /// <summary>What waits for a held lane lies in one array, with what is read at once beyond it.</summary>
    private const int LargestWatermark = 1 << 30;

    /// <summary>
    /// The longest body accepted, in bytes, the header not counted; 1 MiB by default, at least 0. A header that claims more closes its peer
    /// (<see cref="CloseReason.TooLong"/>) before a byte is kept for it. A larger value lets each peer make the process hold that much.
    /// A frame that is longer than an array may be (<see cref="Array.MaxLength"/>), its header counted, is too long in any case.
    /// </summary>
    public int MaxMessageSize
    {
        get;
        init => field = Checked(value, 0, nameof(MaxMessageSize));
    } = 1024 * 1024;

    /// <summary>
    /// Bytes beyond which a peer is no longer read: of answers that wait to be sent to it, or received from it and not yet handled; 256 KiB by default, from 1 to 1 GiB. What
    /// others send it does not keep it from speaking; only what an asynchronous handler of another peer of the same lane sends it after an <c>await</c>, while a handler of its own
    /// has not ended, counts as an answer. While one of its handlers, or who reads it by hand, awaits a reply of it, the message that has begun is let in as well, up to
    /// <see cref="MaxMessageSize"/>, since it may be that reply; replies do not count. Beyond as much of everything that waits for it, <see cref="Peer.Send{T}(in T)"/> says
    /// <see cref="SendResult.Congested"/>.
    /// </summary>
    public int HighWatermark
    {
        get;
        init => field = value <= LargestWatermark
            ? Checked(value, 1, nameof(HighWatermark))
            : throw new ArgumentOutOfRangeException(nameof(HighWatermark), value, $"{nameof(HighWatermark)} must be at most {LargestWatermark}, 1 GiB: so much may be kept of one peer.");
    } = 256 * 1024;

    /// <summary>The same, at or below which it is read again and <see cref="Peer.SendAsync{T}"/> completes; 64 KiB by default.</summary>
    public int LowWatermark
    {
        get;
        init => field = Checked(value, 0, nameof(LowWatermark));
    } = 64 * 1024;

    /// <summary>
    /// The most that may wait to be sent to a peer, in bytes, more than <see cref="HighWatermark"/>; 4 MiB by default, whichever threads send. (What a handler sends is handed
    /// over at the end of its turn, and only then counts for other threads.) A message that would exceed it is not queued, and <see cref="WhenFull"/> says what becomes of the
    /// peer. Who asks for more than it reads is paced, and gets every answer that finds room beside <see cref="LowWatermark"/>. A larger value lets each slow reader make the
    /// process hold that much.
    /// </summary>
    public int SendLimit
    {
        get;
        init => field = Checked(value, 1, nameof(SendLimit));
    } = 4 * 1024 * 1024;

    /// <summary>What becomes of a peer when a message finds no room within <see cref="SendLimit"/>; by default it is closed.</summary>
    public OverflowPolicy WhenFull
    {
        get;
        init => field = value is OverflowPolicy.Close or OverflowPolicy.Refuse
            ? value
            : throw new ArgumentOutOfRangeException(nameof(WhenFull), value, $"{nameof(WhenFull)} must be one of the named values of {nameof(OverflowPolicy)}.");
    }

    /// <summary>What becomes of a peer when a handler of one of its messages throws; by default it is closed. Where Opened throws, it always is.</summary>
    public HandlerFaultPolicy WhenHandlerThrows
    {
        get;
        init => field = value is HandlerFaultPolicy.Close or HandlerFaultPolicy.Continue
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(WhenHandlerThrows), value, $"{nameof(WhenHandlerThrows)} must be one of the named values of {nameof(HandlerFaultPolicy)}.");
    }

    /// <summary>
    /// The most requests that may wait for their replies at once, at least 1; 1,024 by default. One more is refused with an
    /// <see cref="InvalidOperationException"/>. As many again may rest: those given up, whose replies may still come.
    /// </summary>
    public int MaxRequests
    {
        get;
        init => field = Checked(value, 1, nameof(MaxRequests));
    } = 1024;

    /// <summary>
    /// The most messages that are handled of a peer in a second, at least 1; no bound by default. Who has been quiet may send a second's worth at once; beyond it, messages
    /// wait and the peer is not read meanwhile, so that nothing is lost.
    /// </summary>
    public int? MaxMessagesPerSecond
    {
        get;
        init => field = value is { } most ? Checked(most, 1, nameof(MaxMessagesPerSecond)) : null;
    }

    /// <summary>
    /// The most bytes that are read of a peer in a second, at least 1; no bound by default. Who has been quiet may send a second's worth at once, and what is there is read in
    /// one piece (64 KiB at most); then the peer is not read until that is made up for.
    /// </summary>
    public int? MaxBytesPerSecond
    {
        get;
        init => field = value is { } most ? Checked(most, 1, nameof(MaxBytesPerSecond)) : null;
    }

    /// <summary>
    /// How long a request waits for its reply before it fails with a <see cref="TimeoutException"/>; 30 s by default, from 1 ms to a day.
    /// <see cref="Timeout.InfiniteTimeSpan"/> is for ever: a peer that never answers then holds on to the request until it closes.
    /// </summary>
    public TimeSpan RequestTimeout
    {
        get;
        init => field = Checked(value, nameof(RequestTimeout));
    } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long an accepted peer may take until its first message is whole; 10 s by default, from 1 ms to a day, or infinite. After it the peer
    /// is closed (<see cref="CloseReason.FirstMessageLate"/>): who connects and says nothing holds a descriptor.
    /// </summary>
    public TimeSpan FirstMessageTimeout
    {
        get;
        init => field = Checked(value, nameof(FirstMessageTimeout));
    } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a peer may take from the first byte of a message to its last; 30 s by default, from 1 ms to a day, or infinite. After it the
    /// peer is closed (<see cref="CloseReason.MessageLate"/>): what has come of a message takes memory. Time in which this side does not read counts
    /// for nothing. Where <see cref="MaxMessageSize"/> is large and links are slow, raise it.
    /// </summary>
    public TimeSpan MessageTimeout
    {
        get;
        init => field = Checked(value, nameof(MessageTimeout));
    } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a peer may take nothing of what waits to be sent to it; 30 s by default, from 1 ms to a day, or infinite. After it the peer is
    /// closed (<see cref="CloseReason.SendStalled"/>), and what waits is lost.
    /// </summary>
    public TimeSpan SendTimeout
    {
        get;
        init => field = Checked(value, nameof(SendTimeout));
    } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long no byte may go in either direction; 5 minutes by default, from 1 ms to a day, or infinite. After it the peer is closed
    /// (<see cref="CloseReason.Idle"/>): a network that lost the other side says nothing either. A protocol whose peers are silent for longer
    /// needs messages that show they are there, or an infinite time-out. While a handler of the peer runs it is not idle;
    /// one that is read by hand is, when for so long nobody asks for its frames.
    /// </summary>
    public TimeSpan IdleTimeout
    {
        get;
        init => field = Checked(value, nameof(IdleTimeout));
    } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Where one line goes for each peer that is closed for a fault: its own, or a handler's. By default standard error, at most 20 lines a
    /// second. Called on loops and pumps: it must not block; what it throws is ignored.
    /// </summary>
    public Action<string> Log
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Log));
    } = StandardErrorLog.Write;

    /// <summary>What the shared loops of a client wait with, where it is not what fits the machine best.</summary>
    internal Pollers? Pollers { get; init; }

    /// <summary>Writes a line to <see cref="Log"/>, which is not ours: whatever it does, the thread that calls it goes on.</summary>
    internal void WriteLog(string line)
    {
        try
        {
            Log(line);
        }
        catch (Exception)
        {
            // There is nowhere left to tell it.
        }
    }

    internal void Validate()
    {
        if (LowWatermark > HighWatermark || HighWatermark >= SendLimit)
        {
            throw new ArgumentException(
                $"{nameof(LowWatermark)} ({LowWatermark}) ≤ {nameof(HighWatermark)} ({HighWatermark}) "
                + $"< {nameof(SendLimit)} ({SendLimit}) must hold.");
        }
    }

    private static TimeSpan Checked(TimeSpan value, string name)
        => value == Timeout.InfiniteTimeSpan || (value >= TimeSpan.FromMilliseconds(1) && value <= TimeSpan.FromDays(1))
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be from 1 ms to a day, or infinite.");

    private static int Checked(int value, int least, string name)
        => value >= least ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least {least}.");
}
