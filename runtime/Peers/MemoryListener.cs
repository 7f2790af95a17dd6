using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using QContinuum.Loops;
using QContinuum.Transports;
using QContinuum.Transports.Memory;

namespace QContinuum;

/// <summary>
/// A place within this process where a server accepts peers, for tests above all: whoever connects here meets the same server, the same bounds and the same
/// time-outs as over a network, and no port is taken. Every member may be called on any thread.
/// </summary>
/// <remarks>
/// As with a socket, a connection is made at once and waits until the server accepts it. Between the two sides up to 64 KiB are kept in each direction; a side
/// that closes while it has bytes which it has not read resets the connection.
/// </remarks>
public sealed class MemoryListener : IListener
{
    /// <summary>Connections that wait to be accepted.</summary>
    private const int Backlog = 4096;

    private readonly ConcurrentQueue<MemoryEnd> _waiting = new();
    private readonly MemoryEndPoint _endpoint = new();
    private readonly Lock _gate = new();
    private MemoryAcceptor? _acceptor;
    private bool _isStopped;

    internal MemoryListener()
    {
    }

    /// <summary>Connects, and completes after the Opened handler of <paramref name="processor"/> has run.</summary>
    /// <param name="processor">What handles the messages of the peer; one may serve many peers.</param>
    /// <param name="options">The bounds of the peer; the defaults if null.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <exception cref="SocketException">Nothing listens here any more, or too many wait to be accepted.</exception>
    /// <exception cref="PeerClosedException">The Opened handler threw, or closed the peer; or the processor stops.</exception>
    /// <exception cref="OperationCanceledException">The attempt was given up.</exception>
    public Task<Peer> ConnectAsync(Processor processor, PeerOptions? options = null, CancellationToken cancellationToken = default)
        => Peer.ConnectAsync(
            _endpoint,
            static (loop, owner, options, listener) => new MemoryConnection(loop, listener.Connect(), owner, options),
            processor,
            options,
            this,
            cancellationToken);

    /// <summary>Connects a client of mere bytes, which knows nothing of headers: for what a well-behaved client would never send.</summary>
    /// <returns>The client; it belongs to the caller.</returns>
    /// <exception cref="SocketException">Nothing listens here any more, or too many wait to be accepted.</exception>
    public MemoryClientStream OpenStream() => new(Connect());

    /// <inheritdoc/>
    public override string ToString() => _endpoint.ToString();

    void IListener.Start(LoopGroup loops, IAcceptedHandler accepted)
    {
        lock (_gate)
        {
            _acceptor = new MemoryAcceptor(loops.Loops[0], _endpoint, _waiting, accepted);
            _acceptor.Start();
        }
    }

    Task IListener.StopAsync()
    {
        lock (_gate)
        {
            _isStopped = true;
            if (_acceptor is not null)
            {
                return _acceptor.StopAsync();
            }
        }

        while (_waiting.TryDequeue(out MemoryEnd? end))
        {
            end.Close(reset: true);
        }

        return Task.CompletedTask;
    }

    private MemoryEnd Connect()
    {
        lock (_gate)
        {
            if (_isStopped || _waiting.Count >= Backlog)
            {
                throw new SocketException((int)SocketError.ConnectionRefused);
            }

            MemoryEnd.CreatePair(out MemoryEnd here, out MemoryEnd there);
            _waiting.Enqueue(there);
            _acceptor?.Start();
            return here;
        }
    }
}
