using System.Net;
using System.Net.Sockets;
using QContinuum.Loops;
using QContinuum.Transports;
using QContinuum.Transports.Sockets;

namespace QContinuum;

/// <summary>
/// A server: listeners, the loops that serve their peers, and the processor that handles their messages. Every member may be called on any thread.
/// </summary>
public sealed class PeerServer : IAcceptedHandler, IAsyncDisposable
{
    private readonly Func<Processor>? _factory;
    private readonly AcceptQueue _opened = new();
    private readonly PeerServerOptions _options;
    private readonly Lock _gate = new();
    private readonly List<IListener> _listeners = [];
    private readonly AddressCounts? _addresses;
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Processor[] _processors;
    private LoopGroup? _loops;
    private ServerMeter? _meter;
    private Task? _stopping;
    private int _peers;
    private int _handles;
    private int _maxPeers = 1;
    private long _accepted;
    private long _refused;
    private long _pauses;

    /// <summary>What is still to end: 1 for the server itself until it stops, and 2 a peer, for its handle and for its lane.</summary>
    private int _outstanding = 1;

    /// <summary>A server whose peers are handled by <paramref name="processor"/>.</summary>
    /// <param name="processor">The processor; it may serve other servers and peers as well.</param>
    /// <param name="options">The settings; the defaults if null.</param>
    /// <exception cref="ArgumentException">The processor is <see cref="Threading.PerLoop"/>, and there is more than one loop: give a factory.</exception>
    public PeerServer(Processor processor, PeerServerOptions? options = null)
        : this(options, [processor ?? throw new ArgumentNullException(nameof(processor))])
    {
        if (processor.IsPerLoop && _options.Loops > 1)
        {
            throw new ArgumentException(
                $"{processor.GetType().Name} is {nameof(Threading.PerLoop)} and the server has {_options.Loops} loops: give it a factory, "
                + $"new {nameof(PeerServer)}(() => new {processor.GetType().Name}()).",
                nameof(processor));
        }
    }

    /// <summary>A server with a processor for each of its loops: for <see cref="Threading.PerLoop"/>.</summary>
    /// <param name="factory">Makes a processor; called once a loop, by <see cref="StartAsync"/>.</param>
    /// <param name="options">The settings; the defaults if null.</param>
    public PeerServer(Func<Processor> factory, PeerServerOptions? options = null)
        : this(options, [])
    {
        ArgumentNullException.ThrowIfNull(factory);
        _factory = factory;
    }

    private PeerServer(PeerServerOptions? options, Processor[] processors)
    {
        _processors = processors;
        _options = options ?? new PeerServerOptions();
        _options.Peers.Validate();
        _addresses = _options.MaxPeersPerAddress is { } most ? new AddressCounts(most) : null;
    }

    /// <summary>Peers accepted whose Closed handler has not run.</summary>
    public int PeerCount => Volatile.Read(ref _peers);

    /// <summary>
    /// What the server may make the process hold at most; known once it runs. It is worth a line in a log: <c>Console.Error.WriteLine(server.MemoryBudget)</c>.
    /// </summary>
    public MemoryBudget MemoryBudget => new(_options.MemoryLimit, _options.Loops + _processors.Count(static processor => processor.Pump is not null), _maxPeers);

    /// <summary>What the server has seen so far. While it runs, the meter <c>QContinuum.Toolkit</c> of <see cref="System.Diagnostics.Metrics"/> says the same.</summary>
    public PeerServerStatistics Statistics => new(Volatile.Read(ref _accepted), Volatile.Read(ref _refused), Volatile.Read(ref _pauses), PeerCount);

    bool IAcceptedHandler.HasRoom => Volatile.Read(ref _handles) < _maxPeers;

    /// <summary>Blocks that somebody holds. Exact only while the server rests.</summary>
    internal long OutstandingBlocks => _loops?.OutstandingBlocks ?? 0;

    /// <summary>Listens for TCP. The port is taken at once; peers are accepted while the server runs.</summary>
    /// <param name="endpoint">An address and a port: <c>127.0.0.1:9000</c>, <c>[::]:9000</c> (IPv6 and IPv4). Port 0 takes a free one, which the listener tells.</param>
    /// <returns>The listener.</returns>
    /// <exception cref="FormatException"><paramref name="endpoint"/> is not an address and a port.</exception>
    /// <exception cref="SocketException">The address cannot be had.</exception>
    /// <exception cref="ObjectDisposedException">The server was stopped.</exception>
    public Listener ListenTcp(string endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return IPEndPoint.TryParse(endpoint, out IPEndPoint? parsed) && Peer.HasPort(endpoint)
            ? ListenTcp(parsed)
            : throw new FormatException($"'{endpoint}' is not an address and a port, such as 127.0.0.1:9000 or 0.0.0.0:9000.");
    }

    /// <summary>Listens for TCP. The port is taken at once; peers are accepted while the server runs.</summary>
    /// <param name="endpoint">The address; port 0 takes a free one, which the listener tells.</param>
    /// <returns>The listener.</returns>
    /// <exception cref="SocketException">The address cannot be had.</exception>
    /// <exception cref="ObjectDisposedException">The server was stopped.</exception>
    public Listener ListenTcp(IPEndPoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return Listen(() => new Listener(SocketTransport.Listen(endpoint)));
    }

    /// <summary>
    /// Listens on a unix domain socket. The file is there at once; what a server that was killed left behind is replaced. Peers are accepted while the server runs.
    /// </summary>
    /// <param name="path">The path of the socket.</param>
    /// <returns>The listener.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty, or longer than the system takes (about 100 bytes).</exception>
    /// <exception cref="SocketException">
    /// The path cannot be had: another server listens there, something that is no socket has its name, or its directory is missing. The message says which.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The server was stopped.</exception>
    public UnixListener ListenUnix(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Listen(() => new UnixListener(path));
    }

    /// <summary>Listens within this process, for tests above all: the same server without a network. Peers are accepted while the server runs.</summary>
    /// <returns>The listener, which clients connect through.</returns>
    /// <exception cref="ObjectDisposedException">The server was stopped.</exception>
    public MemoryListener ListenMemory() => Listen(static () => new MemoryListener());

    /// <summary>Starts the loops and begins to accept. Starting twice is starting once.</summary>
    /// <param name="cancellationToken">Checked before anything is started.</param>
    /// <exception cref="ObjectDisposedException">The server was stopped; a stopped server does not start again.</exception>
    /// <exception cref="PlatformNotSupportedException">The machine does not have what <see cref="PeerServerOptions.Poller"/> asks for.</exception>
    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping is not null, this);
            if (_loops is not null)
            {
                return Task.CompletedTask;
            }

            _maxPeers = _options.MaxPeers ?? Descriptors.ForConnections();
            LoopGroup loops = new(
                _options.Pollers ?? Pollers.Of(_options.Poller),
                _options.Loops,
                _options.TimeProvider,
                new MemoryGuard(_options.MemoryLimit, _options.Loops),
                _options.Peers.Log);
            int attached = 0;
            try
            {
                _processors = ProcessorsOf(loops);
                for (; attached < _processors.Length; attached++)
                {
                    _processors[attached].Attach(_options.Peers.Log);
                }
            }
            catch
            {
                while (attached > 0)
                {
                    _processors[--attached].Detach();
                }

                loops.Discard();
                throw;
            }

            loops.Start();
            _loops = loops;
            _meter = new ServerMeter(this);
            foreach (IListener listener in _listeners)
            {
                listener.Start(loops, this);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// Stops the server in order: nothing is accepted any more, what was received is handled, what is queued is written, every peer is told
    /// and closed (<see cref="CloseReason.Stopped"/>). After <see cref="PeerServerOptions.DrainTimeout"/> what is left is reset. Stopping
    /// twice is stopping once. Not to be awaited in a handler, which it would wait for.
    /// </summary>
    /// <param name="cancellationToken">Ends the patience: what is left is reset at once. Of several calls that of the first counts.</param>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        Task stopping;
        lock (_gate)
        {
            stopping = _stopping ??= StopCoreAsync(cancellationToken);
        }

        await stopping.ConfigureAwait(false);
    }

    /// <summary>Stops the server, as <see cref="StopAsync"/> does.</summary>
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    /// <summary>
    /// The next peer that has opened, in the order of their opening: for those who would rather wait for peers than be called. Every peer is given once: those that were open
    /// before the first call, and from then on each is kept until it is taken here or closes. Its messages go to its processor all the same.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ObjectDisposedException">The server was stopped.</exception>
    /// <exception cref="OperationCanceledException">The waiting was ended.</exception>
    public Task<Peer> AcceptAsync(CancellationToken cancellationToken = default)
    {
        if (_opened.Use() && Volatile.Read(ref _loops) is { } loops)
        {
            ForEachPeer(loops, peer =>
            {
                if (peer.IsOpenOf(this))
                {
                    Offer(peer);
                }
            });
        }

        return _opened.TakeAsync(cancellationToken);
    }

    /// <summary>Waits for the next peer like <see cref="AcceptAsync"/>, and blocks the calling thread meanwhile.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="InvalidOperationException">Called by a handler: its thread is needed to accept.</exception>
    /// <exception cref="ObjectDisposedException">The server was stopped.</exception>
    /// <exception cref="OperationCanceledException">The waiting was ended.</exception>
    public Peer Accept(CancellationToken cancellationToken = default)
        => Lane.Current is null
            ? AcceptAsync(cancellationToken).GetAwaiter().GetResult()
            : throw new InvalidOperationException($"A handler would block what it waits for: call {nameof(Accept)} on a thread of your own, or await {nameof(AcceptAsync)}.");

    internal void OnPeerOpened(Peer peer)
    {
        // It is known to be open before anybody looks for those that are: see AcceptAsync.
        Interlocked.MemoryBarrier();
        if (_opened.IsUsed)
        {
            Offer(peer);
        }
    }

    internal void OnPeerClosed(Peer peer)
    {
        _opened.Remove(peer);
        Interlocked.Decrement(ref _peers);
        Ended();
    }

    internal void OnHandleClosed(in SocketPeerAddress address)
    {
        Interlocked.Decrement(ref _handles);
        _addresses?.Leave(in address);
        Ended();
    }

    private TListener Listen<TListener>(Func<TListener> bind)
        where TListener : IListener
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping is not null, this);
            TListener listener = bind();
            _listeners.Add(listener);
            if (_loops is not null)
            {
                listener.Start(_loops, this);
            }

            return listener;
        }
    }

    PeerOptions IAcceptedHandler.Options => _options.Peers;

    EventLoop IAcceptedHandler.ChooseLoop() => _loops!.Choose();

    bool IAcceptedHandler.IsWelcome(in SocketPeerAddress address)
    {
        if (_addresses is null || _addresses.TryEnter(in address))
        {
            return true;
        }

        Interlocked.Increment(ref _refused);
        return false;
    }

    void IAcceptedHandler.OnRefused() => Interlocked.Increment(ref _refused);

    void IAcceptedHandler.OnPaused() => Interlocked.Increment(ref _pauses);

    IAcceptedOwner IAcceptedHandler.Accept(EventLoop loop, in SocketPeerAddress address, EndPoint? endpoint)
    {
        Interlocked.Increment(ref _peers);
        Interlocked.Increment(ref _handles);
        Interlocked.Increment(ref _accepted);
        Interlocked.Add(ref _outstanding, 2);
        return Peer.Accepted(this, _processors[_processors.Length == 1 ? 0 : loop.Index], _options.Peers, loop, in address, endpoint);
    }

    private void Offer(Peer peer)
    {
        if (peer.TryOffer())
        {
            _opened.Add(peer);
            if (peer.IsFinished)
            {
                // It went before it was there.
                _opened.Remove(peer);
            }
        }
    }

    private void Ended()
    {
        if (Interlocked.Decrement(ref _outstanding) == 0)
        {
            _drained.TrySetResult();
        }
    }

    private async Task StopCoreAsync(CancellationToken cancellationToken)
    {
        // Off the caller's thread: it may be a lane, which must not wait for itself, and it holds the lock.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await StopListeningAsync(cancellationToken).ConfigureAwait(false);
        _opened.Close();
        if (_loops is not { } loops)
        {
            return;
        }

        Ended();
        ForEachPeer(loops, static peer => peer.StopByServer());
        if (!await IsDoneAsync(_drained.Task, _options.DrainTimeout, _options.TimeProvider, cancellationToken).ConfigureAwait(false))
        {
            ForEachPeer(loops, static peer => peer.AbortByServer());
            if (!await IsDoneAsync(_drained.Task, _options.ClosedPatience, TimeProvider.System, CancellationToken.None).ConfigureAwait(false))
            {
                _options.Peers.WriteLog($"The server stops with {PeerCount} peers whose handlers have not ended.");
            }
        }

        if (loops.Stop(_options.ClosedPatience) is > 0 and var blocked)
        {
            _options.Peers.WriteLog($"The server stops although handlers block {blocked} of its loops: their threads end when these return.");
        }

        foreach (Processor processor in _processors)
        {
            processor.Detach();
        }

        _meter?.Dispose();
    }

    private async Task StopListeningAsync(CancellationToken cancellationToken)
    {
        Task stopped = Task.WhenAll(_listeners.Select(static listener => listener.StopAsync()));
        if (!await IsDoneAsync(stopped, _options.DrainTimeout, _options.TimeProvider, cancellationToken).ConfigureAwait(false))
        {
            // Its loop serves nothing at present: a handler may block it.
            await IsDoneAsync(stopped, _options.ClosedPatience, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static async Task<bool> IsDoneAsync(Task task, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await task.WaitAsync(patience, time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    private static void ForEachPeer(LoopGroup loops, Action<Peer> action)
        => loops.ForEach(
            action,
            static (pollable, action) =>
            {
                if (pollable is Connection { Owner: Peer peer })
                {
                    ((Action<Peer>)action!)(peer);
                }
            });

    private Processor[] ProcessorsOf(LoopGroup loops)
    {
        Processor[] processors = _processors;
        if (_factory is not null)
        {
            processors = new Processor[loops.Loops.Length];
            for (int i = 0; i < processors.Length; i++)
            {
                processors[i] = _factory() ?? throw new InvalidOperationException("The factory of processors returned null.");
            }
        }

        for (int i = 0; i < processors.Length; i++)
        {
            processors[i].Bind(loops.Loops[i]);
        }

        return processors;
    }
}
