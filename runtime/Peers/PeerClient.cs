using System.Net.Sockets;

namespace QContinuum;

/// <summary>
/// A client that connects, and connects again when the connection is lost, until it is stopped. Every member may be called on any thread.
/// </summary>
/// <remarks>
/// There is never more than one attempt or one connection: the next attempt begins after the Closed handler of the last peer has run. Each looks up
/// the name anew. Nothing is kept for a connection that is not there: what is to be said again is said in the Opened handler.
/// </remarks>
public sealed partial class PeerClient : IAsyncDisposable
{
    private readonly Func<CancellationToken, Task<Peer>> _connect;
    private readonly PeerClientOptions _options;
    private readonly string _name;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Completes with the next connection; once stopped, it has failed.</summary>
    private TaskCompletionSource<Peer> _next = NewNext();
    private PeerClientState _state;
    private Peer? _peer;
    private Task? _running;

    /// <summary>A client that connects in a way of its own: through a listener in memory, for instance, or with a choice among servers.</summary>
    /// <param name="connect">
    /// Makes one attempt, such as <see cref="Peer.ConnectTcpAsync(string, Processor, PeerOptions?, CancellationToken)"/>; each call gives a new peer.
    /// It must end soon after its token is cancelled, which <see cref="PeerClientOptions.ConnectTimeout"/> and <see cref="StopAsync"/> do: after 40 s
    /// more, by <see cref="PeerClientOptions.TimeProvider"/>, it is not waited for any longer, and the peer that it may still give is closed. Where it
    /// throws an <see cref="ArgumentException"/>, <see cref="FormatException"/>, <see cref="InvalidOperationException"/> or
    /// <see cref="NotSupportedException"/>, it would do so for ever, and the client stops; after any other exception it tries again.
    /// </param>
    /// <param name="options">The settings; the defaults if null. Of <see cref="PeerClientOptions.Peers"/> only the log is used.</param>
    /// <exception cref="ArgumentException">The settings contradict each other.</exception>
    public PeerClient(Func<CancellationToken, Task<Peer>> connect, PeerClientOptions? options = null)
        : this(connect, options ?? new PeerClientOptions(), "client")
    {
    }

    private PeerClient(Func<CancellationToken, Task<Peer>> connect, PeerClientOptions options, string name)
    {
        ArgumentNullException.ThrowIfNull(connect);
        options.Validate();
        _connect = connect;
        _options = options;
        _name = name;
    }

    /// <summary>What the client is doing.</summary>
    public PeerClientState State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    /// <summary>The connection of now; null while there is none, and from the moment at which it begins to close.</summary>
    public Peer? Peer => Volatile.Read(ref _peer) is { Reason: CloseReason.None } peer ? peer : null;

    /// <summary>A client over TCP.</summary>
    /// <param name="endpoint">An address or a host name, and a port: <c>127.0.0.1:9000</c>, <c>[::1]:9000</c>, <c>example.org:9000</c>.</param>
    /// <param name="processor">What handles the messages of each of its peers.</param>
    /// <param name="options">The settings; the defaults if null.</param>
    /// <returns>The client, which <see cref="StartAsync"/> lets connect; there <paramref name="endpoint"/> is looked at.</returns>
    /// <exception cref="ArgumentException">The settings contradict each other.</exception>
    public static PeerClient Tcp(string endpoint, Processor processor, PeerClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(processor);
        options ??= new PeerClientOptions();
        return new PeerClient(token => Peer.ConnectTcpAsync(endpoint, processor, options.Peers, options.TimeProvider, token), options, $"client of {endpoint}");
    }

    /// <summary>A client over a unix domain socket.</summary>
    /// <param name="path">The path of the socket.</param>
    /// <param name="processor">What handles the messages of each of its peers.</param>
    /// <param name="options">The settings; the defaults if null.</param>
    /// <returns>The client, which <see cref="StartAsync"/> lets connect; there <paramref name="path"/> is looked at.</returns>
    /// <exception cref="ArgumentException">The settings contradict each other.</exception>
    public static PeerClient Unix(string path, Processor processor, PeerClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(processor);
        options ??= new PeerClientOptions();
        return new PeerClient(token => Peer.ConnectUnixAsync(path, processor, options.Peers, token), options, $"client of {path}");
    }

    /// <summary>
    /// Begins to connect, and completes with the first connection, however many attempts that takes. Starting twice is starting once.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting, not the trying, which only <see cref="StopAsync"/> does.</param>
    /// <returns>As of <see cref="ConnectedAsync"/>.</returns>
    public Task<Peer> StartAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _running ??= RunAsync();
        }

        return ConnectedAsync(cancellationToken);
    }

    /// <summary>Completes as soon as there is a connection: at once where there is one that is not closing.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The peer. It may be lost again at any time, as every peer.</returns>
    /// <exception cref="FormatException">The endpoint is not an address and a port.</exception>
    /// <exception cref="SocketException">The attempts were used up; so for whatever else the last of them failed with.</exception>
    /// <exception cref="TimeoutException">The attempts were used up, and the last took too long.</exception>
    /// <exception cref="PeerClosedException">The last connection was lost, and there shall be no other, or the attempts were used up.</exception>
    /// <exception cref="ObjectDisposedException">The client was stopped.</exception>
    /// <exception cref="OperationCanceledException">The waiting was ended.</exception>
    public Task<Peer> ConnectedAsync(CancellationToken cancellationToken = default)
    {
        Task<Peer> next;
        lock (_gate)
        {
            if (_peer is { Reason: not CloseReason.None })
            {
                ForgetPeer();
            }

            next = _next.Task;
        }

        return next.WaitAsync(cancellationToken);
    }

    /// <summary>Queues a message for the connection of now, as <see cref="Peer.Send{T}(in T)"/> does.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="message">The message.</param>
    /// <returns>Whether it was queued: <see cref="SendResult.Closed"/> while there is no connection; nothing is kept for the next one.</returns>
    public SendResult Send<T>(scoped in T message)
        where T : IMessage<T>, allows ref struct
        => Volatile.Read(ref _peer) is { } peer ? peer.Send(in message) : SendResult.Closed;

    /// <summary>
    /// Stops the client for good: an attempt is given up, a connection is closed in order, and its Closed handler has run when this completes.
    /// Stopping twice is stopping once. Not to be awaited in a handler of its peer or in <see cref="PeerClientOptions.Changed"/>, which it would wait
    /// for.
    /// </summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        Task running;
        lock (_gate)
        {
            // What was never started begins with its end.
            running = _running ??= RunAsync();
        }

        await running.ConfigureAwait(false);
    }

    /// <summary>Stops the client, as <see cref="StopAsync"/> does.</summary>
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    /// <inheritdoc/>
    public override string ToString() => _name;

    private static TaskCompletionSource<Peer> NewNext() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Under the lock: who waits from now on waits for another peer.</summary>
    private void ForgetPeer()
    {
        _peer = null;
        _next = NewNext();
    }

    /// <summary>Under the lock: nobody need wait any more.</summary>
    private void Stopped(Exception error)
    {
        _state = PeerClientState.Stopped;
        if (_next.Task.IsCompleted)
        {
            ForgetPeer();
        }

        _next.SetException(error);

        // Whether anybody waits is their affair: an exception that nobody sees is none of the process.
        _ = _next.Task.Exception;
    }
}
