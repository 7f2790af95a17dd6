using System.Net;

namespace QContinuum;

/// <summary>A server: listeners, the loops that serve their peers, and the processor that handles their messages.</summary>
public sealed class PeerServer : IAsyncDisposable
{
    /// <summary>A server whose peers are handled by <paramref name="processor"/>.</summary>
    public PeerServer(Processor processor, PeerServerOptions? options = null) => throw new InvalidOperationException();

    /// <summary>Peers open now.</summary>
    public int PeerCount => throw new InvalidOperationException();

    /// <summary>Listens on an address such as <c>127.0.0.1:9000</c>; port 0 takes a free one, which the listener tells.</summary>
    public Listener ListenTcp(string endpoint) => throw new InvalidOperationException();

    /// <summary>Listens on an address.</summary>
    public Listener ListenTcp(IPEndPoint endpoint) => throw new InvalidOperationException();

    /// <summary>Starts the loops and begins to accept.</summary>
    public Task StartAsync(CancellationToken cancellationToken = default) => throw new InvalidOperationException();

    /// <summary>Stops accepting, lets every peer finish and flush, then closes; after the drain time-out, or when cancelled, resets what is left.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => throw new InvalidOperationException();

    /// <summary>Stops the server.</summary>
    public ValueTask DisposeAsync() => throw new InvalidOperationException();
}

/// <summary>A place where a server accepts peers.</summary>
public sealed class Listener
{
    /// <summary>The address, with the port that was taken.</summary>
    public IPEndPoint EndPoint => throw new InvalidOperationException();
}

/// <summary>The settings of a server.</summary>
public sealed record PeerServerOptions
{
    /// <summary>Event loops, each a thread.</summary>
    public int Loops { get; init; } = Math.Min(Environment.ProcessorCount, 8);

    /// <summary>The bounds of each peer.</summary>
    public PeerOptions Peers { get; init; } = new();

    /// <summary>How long StopAsync lets peers finish.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
