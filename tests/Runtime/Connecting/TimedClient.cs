using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Connecting;

/// <summary>
/// A client whose clock the test moves and whose delays are as long as they may be. Its attempts fail, unless the test lets it in: then they reach a
/// server in memory.
/// </summary>
internal sealed class TimedClient : IAsyncDisposable
{
    private readonly PeerServer _server;
    private readonly MemoryListener _listener;
    private readonly Script _accepting = new();
    private int _underWay;

    private TimedClient(PeerClientOptions? options, Func<TimedClient, CancellationToken, Task<Peer>>? attempt)
    {
        attempt ??= static (client, token) => client.AttemptAsync(token);
        _server = new PeerServer(_accepting.Run(Threading.Inline), new PeerServerOptions { Loops = 1 });
        _listener = _server.ListenMemory();
        Client = new PeerClient(
            async token =>
            {
                Attempts.Add(Clock.GetUtcNow());
                Assert.Equal(1, Interlocked.Increment(ref _underWay));
                try
                {
                    return await attempt(this, token);
                }
                finally
                {
                    Interlocked.Decrement(ref _underWay);
                }
            },
            (options ?? new PeerClientOptions()) with
            {
                Jitter = static longest => longest,
                TimeProvider = Clock,
                Changed = Changes.Add,
                Peers = new PeerOptions { Log = Log.Add },
            });
    }

    public FakeTimeProvider Clock { get; } = new();

    public PeerClient Client { get; }

    public Script Script { get; } = new();

    /// <summary>When each attempt began.</summary>
    public Journal<DateTimeOffset> Attempts { get; } = new();

    public Journal<PeerClientChange> Changes { get; } = new();

    public Journal<string> Log { get; } = new();

    public bool IsLetIn { get; set; }

    public static async Task<TimedClient> CreateAsync(
        PeerClientOptions? options = null, Func<TimedClient, CancellationToken, Task<Peer>>? attempt = null)
    {
        var client = new TimedClient(options, attempt);
        await client._server.StartAsync();
        return client;
    }

    public Task<Peer> AttemptAsync(CancellationToken token) => IsLetIn
        ? _listener.ConnectAsync(Script.Run(Threading.Inline), cancellationToken: token)
        : throw new SocketException((int)SocketError.ConnectionRefused);

    /// <summary>The next change, which must be this one.</summary>
    public async Task<PeerClientChange> ExpectAsync(PeerClientState state)
    {
        PeerClientChange change = await Changes.NextAsync();
        Assert.Equal(state, change.State);
        return change;
    }

    /// <summary>The next two changes: an attempt, and the wait that follows its failure.</summary>
    public async Task<PeerClientChange> ExpectFailureAsync()
    {
        await ExpectAsync(PeerClientState.Connecting);
        return await ExpectAsync(PeerClientState.Waiting);
    }

    /// <summary>The next two changes: an attempt, and the connection.</summary>
    public async Task ExpectConnectionAsync()
    {
        await ExpectAsync(PeerClientState.Connecting);
        await ExpectAsync(PeerClientState.Connected);
    }

    /// <summary>The server ends the connection.</summary>
    public async Task LoseAsync() => (await _accepting.Peers.NextAsync()).Close();

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync().Guarded();
        await _server.DisposeAsync().Guarded();
    }
}
