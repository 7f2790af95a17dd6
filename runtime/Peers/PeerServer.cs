using System.Net;
using System.Net.Sockets;
using QContinuum.Loops;
using QContinuum.Transports;
using QContinuum.Transports.Sockets;

namespace QContinuum;

/// <summary>
/// A server: listeners, the loops that serve their peers, and the processor that handles their messages. Every member may be called on any thread.
/// </summary>
public sealed partial class PeerServer : IAcceptedHandler, IAsyncDisposable
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
            BindProcessors(loops);
            loops.Start();
            _loops = loops;
            foreach (IListener listener in _listeners)
            {
                listener.Start(loops, this);
            }

            _meter = new ServerMeter(this, _options.Peers.WriteLog);
        }

        return Task.CompletedTask;
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

    /// <summary>Gives each loop its processor, or, where one of them cannot be had, none: then all of them are as they were, and the loops are given up.</summary>
    private void BindProcessors(LoopGroup loops)
    {
        Processor[] processors = _processors;
        int promised = 0;
        int attached = 0;
        try
        {
            processors = ProcessorsOf(loops);
            for (; promised < processors.Length; promised++)
            {
                processors[promised].Promise(loops.Loops[promised]);
            }

            for (; attached < processors.Length; attached++)
            {
                processors[attached].Attach(_options.Peers.Log);
            }
        }
        catch
        {
            while (attached > 0)
            {
                processors[--attached].Detach();
            }

            while (promised > 0)
            {
                processors[--promised].BreakPromise();
            }

            loops.Discard();
            throw;
        }

        _processors = processors;
        for (int i = 0; i < processors.Length; i++)
        {
            processors[i].Bind(loops.Loops[i]);
        }
    }

    private Processor[] ProcessorsOf(LoopGroup loops)
    {
        if (_factory is null)
        {
            return _processors;
        }

        Processor[] processors = new Processor[loops.Loops.Length];
        for (int i = 0; i < processors.Length; i++)
        {
            processors[i] = _factory() ?? throw new InvalidOperationException("The factory of processors returned null.");
        }

        return processors;
    }
}
