namespace QContinuum;

/// <summary>
/// A method of a processor that runs once for each peer, before the peer's first message: <c>void</c> or <see cref="ValueTask"/>
/// <c>Name(Peer peer)</c>, or returning a reference type, which becomes <see cref="Peer.State"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OpenedAttribute : Attribute;

/// <summary>
/// A method of a processor that handles one message: <c>void</c> or <see cref="ValueTask"/> <c>Name(Peer peer, TMessage message)</c>.
/// Between the two it may take the peer's state and, by <c>in</c>, the header; instead of a fixed-layout message it may take its <c>Reader</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class HandlesAttribute : Attribute;

/// <summary>
/// The method of a processor that gets every message whose id no handler takes:
/// <c>void Name(Peer peer, in MessageHeader header, ReadOnlySpan&lt;byte&gt; body)</c>. Without one, an unknown id closes the peer.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnhandledAttribute : Attribute;

/// <summary>
/// A method of a processor that runs once for each opened peer, after its last message: <c>void</c> or <see cref="ValueTask"/>
/// <c>Name(Peer peer, CloseReason reason)</c>. It may take the peer's state after the peer.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClosedAttribute : Attribute;
