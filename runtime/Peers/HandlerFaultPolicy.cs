namespace QContinuum;

/// <summary>What becomes of a peer whose message handler throws: see <see cref="PeerOptions.WhenHandlerThrows"/>.</summary>
public enum HandlerFaultPolicy
{
    /// <summary>The peer is closed (<see cref="CloseReason.HandlerFault"/>): what the handler left half done concerns nobody any more.</summary>
    Close,

    /// <summary>It is logged, and the next message is handled. A request whose handler threw has no reply, and times out with who asked.</summary>
    Continue,
}
