using System.ComponentModel;

namespace QContinuum.Protocol;

/// <summary>What the generated <c>RequestAsync</c> methods call. Any thread.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RequestSender
{
    /// <summary>Sends a request, and completes with its reply.</summary>
    /// <typeparam name="TRequest">The request.</typeparam>
    /// <typeparam name="TReply">The reply.</typeparam>
    /// <param name="peer">The peer that is asked.</param>
    /// <param name="request">The request.</param>
    /// <param name="faultId">The id of the message that says the request failed, where the header cannot say so.</param>
    /// <param name="cancellationToken">Gives the request up.</param>
    public static ValueTask<TReply> SendAsync<TRequest, TReply>(Peer peer, scoped in TRequest request, long? faultId, CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>, allows ref struct
        where TReply : IMessage<TReply>
    {
        ArgumentNullException.ThrowIfNull(peer);
        var pending = new ValueRequest<TReply> { ReplyId = TReply.Id, FaultId = faultId };
        peer.SendRequest(pending, in request, cancellationToken);
        return new ValueTask<TReply>(pending.Reply);
    }

    /// <summary>Sends a request with header fields of the sender's choice, and completes with its reply.</summary>
    /// <typeparam name="THeader">The header of the request.</typeparam>
    /// <typeparam name="TRequest">The request.</typeparam>
    /// <typeparam name="TReply">The reply.</typeparam>
    /// <param name="peer">The peer that is asked.</param>
    /// <param name="header">The fields; the correlation is assigned.</param>
    /// <param name="request">The request.</param>
    /// <param name="faultId">The id of the message that says the request failed, where the header cannot say so.</param>
    /// <param name="cancellationToken">Gives the request up.</param>
    public static ValueTask<TReply> SendAsync<THeader, TRequest, TReply>(
        Peer peer, scoped in THeader header, scoped in TRequest request, long? faultId, CancellationToken cancellationToken)
        where THeader : struct, IHeader<THeader>
        where TRequest : IMessage<TRequest, THeader>, allows ref struct
        where TReply : IMessage<TReply>
    {
        ArgumentNullException.ThrowIfNull(peer);
        var pending = new ValueRequest<TReply> { ReplyId = TReply.Id, FaultId = faultId };
        peer.SendRequest(pending, in header, in request, cancellationToken);
        return new ValueTask<TReply>(pending.Reply);
    }

    /// <summary>Sends a request, and completes with its reply, a view.</summary>
    /// <typeparam name="TRequest">The request.</typeparam>
    /// <typeparam name="TReply">The reply.</typeparam>
    /// <param name="peer">The peer that is asked.</param>
    /// <param name="request">The request.</param>
    /// <param name="faultId">The id of the message that says the request failed, where the header cannot say so.</param>
    /// <param name="cancellationToken">Gives the request up.</param>
    public static ValueTask<Owned<TReply>> SendOwnedAsync<TRequest, TReply>(
        Peer peer, scoped in TRequest request, long? faultId, CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>, allows ref struct
        where TReply : IMessage<TReply>, allows ref struct
    {
        ArgumentNullException.ThrowIfNull(peer);
        var pending = new OwnedRequest<TReply> { ReplyId = TReply.Id, FaultId = faultId };
        peer.SendRequest(pending, in request, cancellationToken);
        return new ValueTask<Owned<TReply>>(pending.Reply);
    }

    /// <summary>Sends a request with header fields of the sender's choice, and completes with its reply, a view.</summary>
    /// <typeparam name="THeader">The header of the request.</typeparam>
    /// <typeparam name="TRequest">The request.</typeparam>
    /// <typeparam name="TReply">The reply.</typeparam>
    /// <param name="peer">The peer that is asked.</param>
    /// <param name="header">The fields; the correlation is assigned.</param>
    /// <param name="request">The request.</param>
    /// <param name="faultId">The id of the message that says the request failed, where the header cannot say so.</param>
    /// <param name="cancellationToken">Gives the request up.</param>
    public static ValueTask<Owned<TReply>> SendOwnedAsync<THeader, TRequest, TReply>(
        Peer peer, scoped in THeader header, scoped in TRequest request, long? faultId, CancellationToken cancellationToken)
        where THeader : struct, IHeader<THeader>
        where TRequest : IMessage<TRequest, THeader>, allows ref struct
        where TReply : IMessage<TReply>, allows ref struct
    {
        ArgumentNullException.ThrowIfNull(peer);
        var pending = new OwnedRequest<TReply> { ReplyId = TReply.Id, FaultId = faultId };
        peer.SendRequest(pending, in header, in request, cancellationToken);
        return new ValueTask<Owned<TReply>>(pending.Reply);
    }
}
