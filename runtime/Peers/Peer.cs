using System.Net;

namespace QContinuum;

/// <summary>One connection. The same object from its Opened to its Closed; every member may be called on any thread unless it says otherwise.</summary>
public sealed class Peer : IAsyncDisposable
{
    internal Peer()
    {
    }

    /// <summary>A number that no other peer of this process has.</summary>
    public long Id => throw new InvalidOperationException();

    /// <summary>The address of the other side.</summary>
    public EndPoint RemoteEndPoint => throw new InvalidOperationException();

    /// <summary>What the application keeps for this peer: what its <see cref="OpenedAttribute"/> method returned, or what was set here.</summary>
    public object? State { get; set; }

    /// <summary>The longest body that this peer may send, in bytes.</summary>
    public int MaxMessageSize => throw new InvalidOperationException();

    /// <summary>Cancelled when closing begins.</summary>
    public CancellationToken Aborted => throw new InvalidOperationException();

    /// <summary>Completes with the reason after Closed has run.</summary>
    public Task<CloseReason> Completion => throw new InvalidOperationException();

    /// <summary>Connects to a server.</summary>
    public static Task<Peer> ConnectTcpAsync(string endpoint, Processor processor, PeerOptions? options = null, CancellationToken cancellationToken = default)
        => throw new InvalidOperationException();

    /// <summary>Queues a message. Its bytes are encoded before the call returns.</summary>
    public SendResult Send<T>(scoped in T message)
        where T : IMessage<T>, allows ref struct
        => throw new InvalidOperationException();

    /// <summary>Queues a message and completes when no more than the low watermark waits.</summary>
    public ValueTask<SendResult> SendAsync<T>(scoped in T message, CancellationToken cancellationToken = default)
        where T : IMessage<T>, allows ref struct
        => throw new InvalidOperationException();

    /// <summary>Queues a frame with the id of <paramref name="header"/> and the bytes of <paramref name="body"/>, which are copied.</summary>
    public SendResult Forward<THeader>(scoped in THeader header, scoped ReadOnlySpan<byte> body)
        where THeader : struct, IHeader<THeader>
        => throw new InvalidOperationException();

    /// <summary>Closes the peer once everything queued has been written.</summary>
    public void Close() => throw new InvalidOperationException();

    /// <summary>Closes the peer at once; what waits to be sent is lost.</summary>
    public void Abort() => throw new InvalidOperationException();

    /// <summary>Closes the peer and waits until Closed has run.</summary>
    public ValueTask DisposeAsync() => throw new InvalidOperationException();
}
