namespace QContinuum;

/// <summary>The threads on which a processor's handlers run.</summary>
public enum Threading
{
    /// <summary>
    /// One thread for the processor: its handlers never run at once, whatever the number of peers and loops. What they send leaves together, after 64 messages or with the first that
    /// ends a millisecond later at the latest: a handler that blocks holds up every peer of its processor, and until it returns also what handlers before it have just sent. It must
    /// not wait for what another side does with that.
    /// </summary>
    Queued,

    /// <summary>
    /// The event loop of the peer: no hand-over, but the handlers of two peers may run at once, and a handler that blocks holds up every
    /// peer of its loop.
    /// </summary>
    Inline,

    /// <summary>
    /// One processor a loop, made by the factory that the server is given: its handlers run on that loop, never at once, and its state needs no lock. What they
    /// share between loops does. A handler that blocks holds up every peer of its loop.
    /// </summary>
    PerLoop,
}
