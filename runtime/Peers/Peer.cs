using System.Net;
using QContinuum.Buffers;
using QContinuum.Loops;
using QContinuum.Processors;
using QContinuum.Transports;

namespace QContinuum;

/// <summary>
/// One connection and the conversation on it. It is the same object from its Opened to its Closed. Every member may be called on any thread
/// unless it says otherwise.
/// </summary>
/// <remarks>
/// A peer has one ordered lane: the pump of a queued processor, or the loop of the peer for an inline one. What the lane owns
/// (Peer.Lane.cs, the tail of Peer.Send.cs) is touched by its thread alone.
/// </remarks>
public sealed partial class Peer : IAcceptedOwner, IPublisher, IAsyncDisposable
{
    private static long s_lastId;

    private readonly PeerOptions _options;
    private readonly PeerServer? _server;

    // What a redirect changes, on the lane that the peer leaves (Peer.Redirect.cs).
    private Processor _processor;
    private Lane _lane;
    private bool _isAttached;

    /// <summary>Whether its processor had begun to stop when it came: nothing of it is handled. The lane's.</summary>
    private bool _isLate;
    private long _userId;
    private int _flag;
    private Connection _connection = null!;
    private PeerAddress _address;
    private PeerExtras? _extras;

    private Peer(Processor processor, PeerOptions options, EventLoop loop, PeerServer? server)
    {
        _processor = processor;
        _options = options;
        _server = server;
        _lane = processor.Pump ?? (Lane)loop;
        _interruption = options.MaxMessagesPerSecond is null ? 0 : CountedFlag;
        _isLate = !processor.TryEnter();
        Id = Interlocked.Increment(ref s_lastId);
    }

    private Peer(Processor processor, PeerOptions options, EventLoop loop, PeerServer server, in SocketPeerAddress address, EndPoint? endpoint)
        : this(processor, options, loop, server)
    {
        _address = endpoint is null ? new PeerAddress(in address) : new PeerAddress(endpoint);
        _firstAwaited = Later;
    }

    private Peer(Processor processor, PeerOptions options, EventLoop loop, EndPoint endpoint)
        : this(processor, options, loop, server: null)
        => _address = new PeerAddress(endpoint);

    /// <summary>A number that no other peer of this process has or had.</summary>
    public long Id { get; }

    /// <summary>The address of the other side; for a unix domain socket and for a connection in memory that of the listener, since clients have none.</summary>
    public EndPoint RemoteEndPoint => _address.EndPoint;

    /// <summary>
    /// What the application keeps for this peer: what its <see cref="OpenedAttribute"/> method returned, or what was set here. The runtime
    /// only hands it to handlers; access to it is synchronised no more than a field.
    /// </summary>
    public object? State { get; set; }

    /// <summary>Who the peer is to the application; 0, as in the beginning, is nobody: see <see cref="RequireUserWithin"/>.</summary>
    public long UserId
    {
        get => Volatile.Read(ref _userId);
        set => Volatile.Write(ref _userId, value);
    }

    /// <summary>A number that the application keeps for this peer; 0 in the beginning.</summary>
    public int Flag
    {
        get => Volatile.Read(ref _flag);
        set => Volatile.Write(ref _flag, value);
    }

    /// <summary>The processor that handles its messages; another one after <see cref="Redirect"/>.</summary>
    public Processor Processor => Volatile.Read(ref _processor);

    /// <summary>What has gone through the connection so far.</summary>
    public PeerStatistics Statistics => _connection.Statistics with { Refused = _extras is { } extras ? Volatile.Read(ref extras.Refused) : 0 };

    /// <summary>The longest body that this peer may send, in bytes.</summary>
    public int MaxMessageSize => _options.MaxMessageSize;

    /// <inheritdoc/>
    public override string ToString() => $"peer {Id} ({RemoteEndPoint})";

    /// <summary>A peer for a connection that was accepted; <see cref="IAcceptedOwner.Begin"/> gives it that.</summary>
    internal static Peer Accepted(
        PeerServer server, Processor processor, PeerOptions options, EventLoop loop, in SocketPeerAddress address, EndPoint? endpoint)
        => new(processor, options, loop, server, in address, endpoint);

    /// <summary>The pump of a queued processor; null for an inline one.</summary>
    private Pump? Pump => _lane as Pump;

    private HeaderCodec Header => _processor.Header;

    /// <summary>Made when first asked for. Any thread: the first compare-and-swap stands, and publishes it as it was made.</summary>
    internal PeerExtras Extras => Volatile.Read(ref _extras) ?? MakeExtras();

    private PeerExtras MakeExtras()
    {
        PeerExtras fresh = new();
        return Interlocked.CompareExchange(ref _extras, fresh, null) ?? fresh;
    }

    void IAcceptedOwner.Begin(Connection connection) => Begin(connection);

    private void Begin(Connection connection)
    {
        _connection = connection;
        connection.Schedule();
        if (_processor.IsStopping)
        {
            // It may have looked at its peers before this one was there.
            StopBy(_processor);
        }
    }
}
