namespace QContinuum;

/// <summary>A request that waits for its reply. It is completed once: by the reply, a fault, a time-out, a cancellation or the end of its peer.</summary>
/// <remarks>
/// <code>
///   Waiting ──reply while the lane is held──► Early ──its frame has its turn──► gone
///      │ │                                    ▲
///      │ │       late reply while it is held──┘
///      │ └────────────────────────────► GivenUp ──late reply, or rested──────► gone
///      │      time-out, cancellation
///      └──────reply, fault, end of the peer─────────────────────────────────► gone
/// </code>
/// While it is in the table, in whatever state, its correlation is not used again. The state belongs to the lock of the table.
/// </remarks>
internal abstract class PendingRequest
{
    internal enum Stage
    {
        Waiting,
        GivenUp,
        Early,
    }

    internal Stage State { get; set; }

    internal ulong Correlation { get; set; }

    /// <summary>In which look at what waits its reply was found, where that came while the lane was held.</summary>
    internal int Look { get; set; }

    internal CancellationTokenRegistration Cancellation { get; set; }

    /// <summary>The id of the reply.</summary>
    internal required long ReplyId { get; init; }

    /// <summary>The id of the message that says the request failed, where headers cannot say so.</summary>
    internal required long? FaultId { get; init; }

    /// <summary>The name of the reply.</summary>
    internal abstract string ReplyName { get; }

    /// <summary>The longest body that the reply may have, in bytes.</summary>
    internal abstract int MaxBody { get; }

    /// <summary>Completes with the reply.</summary>
    /// <returns>False when the frame is not the reply that it should be.</returns>
    internal abstract bool TryComplete(ReadOnlyMemory<byte> frame);

    internal abstract void Fail(Exception exception);
}

/// <summary>A request whose reply is a value.</summary>
internal sealed class ValueRequest<T> : PendingRequest
    where T : IMessage<T>
{
    // Whoever waits goes on elsewhere: a lane does not run what it does not know.
    private readonly TaskCompletionSource<T> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task<T> Reply => _reply.Task;

    internal override string ReplyName => typeof(T).Name;

    internal override int MaxBody => T.MaxBody;

    internal override bool TryComplete(ReadOnlyMemory<byte> frame)
    {
        bool isRead = T.TryReadFrame(frame, out T message);
        if (isRead)
        {
            _reply.TrySetResult(message);
        }

        return isRead;
    }

    internal override void Fail(Exception exception) => _reply.TrySetException(exception);
}

/// <summary>A request whose reply is a view, of which a copy is owned.</summary>
internal sealed class OwnedRequest<T> : PendingRequest
    where T : IMessage<T>, allows ref struct
{
    private readonly TaskCompletionSource<Owned<T>> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task<Owned<T>> Reply => _reply.Task;

    internal override string ReplyName => typeof(T).Name;

    internal override int MaxBody => T.MaxBody;

    internal override bool TryComplete(ReadOnlyMemory<byte> frame)
    {
        if (!T.TryReadFrame(frame, out T _))
        {
            return false;
        }

        var owned = new Owned<T>(OwnedFrame.Copy<T>(frame.Span, peer: null));
        if (!_reply.TrySetResult(owned))
        {
            owned.Dispose();
        }

        return true;
    }

    internal override void Fail(Exception exception) => _reply.TrySetException(exception);
}
