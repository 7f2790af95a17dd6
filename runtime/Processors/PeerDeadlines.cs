namespace QContinuum;

/// <summary>The deadlines that a <see cref="Processor"/> holds its peers to; how long each is, is said by <see cref="PeerOptions"/>.</summary>
[Flags]
public enum PeerDeadlines
{
    /// <summary>None: who says nothing, or reads nothing, stays.</summary>
    None = 0,

    /// <summary>For the first message of an accepted peer: <see cref="PeerOptions.FirstMessageTimeout"/>.</summary>
    FirstMessage = 1,

    /// <summary>For the rest of a message that has begun: <see cref="PeerOptions.MessageTimeout"/>.</summary>
    Message = 2,

    /// <summary>For taking what is sent: <see cref="PeerOptions.SendTimeout"/>.</summary>
    Send = 4,

    /// <summary>For a byte in either direction: <see cref="PeerOptions.IdleTimeout"/>.</summary>
    Idle = 8,

    /// <summary>All of them, which is the default.</summary>
    All = FirstMessage | Message | Send | Idle,
}
