using System.ComponentModel;

namespace QContinuum.Protocol;

/// <summary>What the generated <c>RequestAsync</c> methods call.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RequestSender
{
    /// <summary>Sends a request, and completes with its reply.</summary>
    public static ValueTask<TReply> SendAsync<TRequest, TReply>(Peer peer, scoped in TRequest request, CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>, allows ref struct
        where TReply : IMessage<TReply>
        => throw new NotImplementedException();

    /// <summary>Sends a request with header fields of the sender's choice, and completes with its reply.</summary>
    public static ValueTask<TReply> SendAsync<THeader, TRequest, TReply>(
        Peer peer, scoped in THeader header, scoped in TRequest request, CancellationToken cancellationToken)
        where THeader : struct, IHeader<THeader>
        where TRequest : IMessage<TRequest, THeader>, allows ref struct
        where TReply : IMessage<TReply>
        => throw new NotImplementedException();

    /// <summary>Sends a request, and completes with its reply, a view.</summary>
    public static ValueTask<Owned<TReply>> SendOwnedAsync<TRequest, TReply>(Peer peer, scoped in TRequest request, CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>, allows ref struct
        where TReply : IMessage<TReply>, allows ref struct
        => throw new NotImplementedException();

    /// <summary>Sends a request with header fields of the sender's choice, and completes with its reply, a view.</summary>
    public static ValueTask<Owned<TReply>> SendOwnedAsync<THeader, TRequest, TReply>(
        Peer peer, scoped in THeader header, scoped in TRequest request, CancellationToken cancellationToken)
        where THeader : struct, IHeader<THeader>
        where TRequest : IMessage<TRequest, THeader>, allows ref struct
        where TReply : IMessage<TReply>, allows ref struct
        => throw new NotImplementedException();
}
