using System.Net;
using QContinuum.Loops;
using QContinuum.Transports;
using QContinuum.Transports.Sockets;

namespace QContinuum;

/// <content>How peers come and go: taken by hand by those who wait for them, and counted by those who bring them.</content>
public sealed partial class PeerServer
{
    /// <summary>
    /// The next peer that has opened: for those who would rather wait for peers than be called. Every peer is given once: those that were open before
    /// the first call, in no certain order, and from then on each in the order of their opening, kept until it is taken here or closes. Its messages
    /// go to its processor all the same.
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

    bool IAcceptedHandler.HasRoom => Volatile.Read(ref _handles) < _maxPeers;

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
}
