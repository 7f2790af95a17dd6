namespace QContinuum;

/// <summary>Why a peer was closed. Every opened peer is closed with exactly one.</summary>
public enum CloseReason
{
    /// <summary>The peer is not closed.</summary>
    None,

    /// <summary>This side closed it: <see cref="Peer.Close"/> or <see cref="Peer.Abort"/>.</summary>
    Local,

    /// <summary>The other side closed it, between two messages.</summary>
    Remote,

    /// <summary>The other side closed it in the middle of a message.</summary>
    Truncated,

    /// <summary>The connection was reset, or the network failed.</summary>
    Reset,

    /// <summary>A header claimed a negative length.</summary>
    NegativeLength,

    /// <summary>A header claimed more than <see cref="PeerOptions.MaxMessageSize"/>, its protocol or its message allows.</summary>
    TooLong,

    /// <summary>A constant of a header had another value, a repeated field differed, or its length was less than the header itself takes.</summary>
    BadHeader,

    /// <summary>The checksum of a frame was wrong.</summary>
    BadChecksum,

    /// <summary>No handler takes the id of a message, and the processor has no <see cref="UnhandledAttribute"/> method.</summary>
    UnknownMessage,

    /// <summary>The body of a message does not have the layout that its id declares.</summary>
    BadBody,

    /// <summary>A handler threw an exception.</summary>
    HandlerFault,

    /// <summary>More bytes waited to be sent than <see cref="PeerOptions.SendLimit"/> allows: the other side does not read fast enough.</summary>
    Overflow,

    /// <summary>The server was stopped.</summary>
    Stopped,

    /// <summary>It was accepted, and its first message was not whole within <see cref="PeerOptions.FirstMessageTimeout"/>.</summary>
    FirstMessageLate,

    /// <summary>It began a message and did not send the rest within <see cref="PeerOptions.MessageTimeout"/>.</summary>
    MessageLate,

    /// <summary>It took nothing of what waited for it within <see cref="PeerOptions.SendTimeout"/>.</summary>
    SendStalled,

    /// <summary>No byte went either way within <see cref="PeerOptions.IdleTimeout"/>.</summary>
    Idle,

    /// <summary>It had no <see cref="Peer.UserId"/> when the time of <see cref="Peer.RequireUserWithin"/> was over.</summary>
    Unauthenticated,

    /// <summary>All peers together held more than <see cref="PeerServerOptions.MemoryLimit"/> allows, and this one most.</summary>
    MemoryShort,

    /// <summary>
    /// It went on to another processor (<see cref="Peer.Redirect"/>): what the processor is told that it leaves. The peer itself is open, and its
    /// <see cref="Peer.Reason"/> is none.
    /// </summary>
    Redirected,
}
