using System.Net;
using QContinuum.Loops;
using QContinuum.Runtime.Tests.Support.Kqueue;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Support;

/// <summary>A server on a free port of the loopback, which keeps its log and stops at the end of the test.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private static readonly byte[] Ping = Frames.Raw(0x50, 0x49, 0x4E, 0x47);

    private readonly SemaphoreSlim _settling = new(1);
    private RawClient? _bystander;

    private readonly Line _line;

    private TestServer(Transport transport, Processor processor, PeerServerOptions options)
    {
        Pollers? pollers = transport == Transport.TcpOnKqueue ? KqueuePollers.MacOS : options.Pollers;
        Server = new PeerServer(processor, options with { Pollers = pollers, Peers = options.Peers with { Log = Log.Add } });
        _line = Line.Listen(transport, Server);
    }

    public PeerServer Server { get; }

    /// <summary>The address, where it is TCP.</summary>
    public IPEndPoint EndPoint => ((TcpLine)_line).EndPoint;

    public Journal<string> Log { get; } = new();

    /// <summary>One loop, unless the test says otherwise: then <see cref="SettleAsync"/> works.</summary>
    public static Task<TestServer> StartAsync(Processor processor, PeerServerOptions? options = null) => StartAsync(Transport.Tcp, processor, options);

    public static async Task<TestServer> StartAsync(Transport transport, Processor processor, PeerServerOptions? options = null)
    {
        var server = new TestServer(transport, processor, options ?? new PeerServerOptions { Loops = 1 });
        await server.Server.StartAsync().Guarded();
        return server;
    }

    public Task<RawClient> ConnectAsync(int receiveBuffer = 0) => _line.ConnectAsync(receiveBuffer);

    /// <summary>A client of the library.</summary>
    public Task<Peer> ConnectPeerAsync(Processor processor, PeerOptions? options = null, CancellationToken cancellationToken = default)
        => _line.ConnectPeerAsync(processor, options, cancellationToken).Guarded();

    /// <summary>
    /// Completes when the server has read, and its processor has seen, all that was sent to it before the call: the answer to a bystander
    /// on the same loop proves that the loop has been through everything that was ready earlier. The processor must answer
    /// <see cref="Raw"/>.
    /// </summary>
    public async Task SettleAsync()
    {
        await _settling.WaitAsync().Guarded();
        try
        {
            _bystander ??= await ConnectAsync();
            await PoolThreads.CatchUpAsync();
            await _bystander.ExpectEchoAsync(Ping);
        }
        finally
        {
            _settling.Release();
        }
    }

    /// <summary>Completes when the first peer of a script has sent so many bytes, and the server has read them; its processor need not have seen them.</summary>
    public async Task ReadAsync(Script script, long bytes)
    {
        Peer peer = script.Peers.All[0];
        await Guard.UntilAsync(() => peer.Statistics.BytesReceived >= bytes);

        // They are counted before they are handed on: when the loop accepts somebody afterwards, that is behind it.
        await TurnAsync();
    }

    /// <summary>Completes when the loop has been through what was ready before the call: it accepts somebody afterwards.</summary>
    public async Task TurnAsync()
    {
        long before = Server.Statistics.Accepted;
        using RawClient later = await ConnectAsync();
        await Guard.UntilAsync(() => Server.Statistics.Accepted > before);
    }

    public async ValueTask DisposeAsync()
    {
        _bystander?.Dispose();
        _settling.Dispose();
        await Server.DisposeAsync().Guarded();
        _line.Dispose();
    }
}
