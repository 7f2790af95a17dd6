namespace QContinuum;

/// <summary>
/// A method of a processor that runs once for each peer, before the peer's first message: <c>void</c>, <see cref="ValueTask"/> or
/// <see cref="Task"/> <c>Name(Peer peer)</c>, or returning a reference type, which becomes <see cref="Peer.State"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OpenedAttribute : Attribute;

/// <summary>
/// A method of a processor that handles one message: <c>void</c>, <see cref="ValueTask"/> or <see cref="Task"/>
/// <c>Name(Peer peer, TMessage message)</c>. Between the two it may take the peer's state and, by <c>in</c>, the header that the processor
/// receives. Instead of a message it may take a copy of it, <see cref="Owned{T}"/>, and of one of fixed layout the <c>Reader</c>.
/// </summary>
/// <remarks>
/// What it returns may be a message too, also within a task: it is sent as the reply, with the correlation of the request and what is
/// <see cref="CopiedAttribute">copied</see>.
/// </remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class HandlesAttribute : Attribute;

/// <summary>
/// The method of a processor that gets every message that no handler takes: <c>void</c>, <see cref="ValueTask"/> or <see cref="Task"/>
/// <c>Name(Peer peer, in THeader header, ReadOnlySpan&lt;byte&gt; body)</c>, with the header that the processor receives. Without one,
/// <see cref="ProcessorAttribute.Unknown"/> says what becomes of it. It may take the peer's state after the peer. The body is valid until the call returns, also where
/// it returns a task, which holds the peer's lane as that of a handler does: a gateway returns <see cref="Peer.WaitForRoomAsync"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnhandledAttribute : Attribute;

/// <summary>
/// A method of a processor that runs once for each opened peer, after its last message: <c>void</c>, <see cref="ValueTask"/> or
/// <see cref="Task"/> <c>Name(Peer peer, CloseReason reason)</c>. It may take the peer's state after the peer.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClosedAttribute : Attribute;
