using System.Net.Sockets;
using QContinuum.Loops;

namespace QContinuum.Transports;

/// <summary>
/// What a connection needs only when something does not go smoothly, or at its end, made when it needs the first of it: one that is merely there pays one reference for all of
/// this. The loop's, unless said otherwise.
/// </summary>
internal sealed class ConnectionExtras
{
    /// <summary>Why the attempt to connect failed, if it did.</summary>
    internal SocketError ConnectError;

    /// <summary>Who waits until less is to be written; null for nobody. Any thread.</summary>
    internal TaskCompletionSource? BelowLowWatermark;

    /// <summary>Since when the kernel takes nothing, by the loop's clock.</summary>
    internal long BlockedSince;

    /// <summary>Bytes that the other side had not confirmed then; or, once all is written, when that was last looked at.</summary>
    internal int Unconfirmed;

    /// <summary>When a read last filled the whole block, by the loop's clock.</summary>
    internal long ReadFull;

    /// <summary>Until when nothing is read, since more came than may in a second.</summary>
    internal long ThrottledUntil;

    /// <summary>Of bytes.</summary>
    internal RateLimit ByteRate;

    /// <summary>When the end must have come to its end, by the loop's clock; never, while its server waits for it.</summary>
    internal long EndsBy;

    /// <summary>Whether a send has heard of a reset, which the system may not tell a receive again.</summary>
    internal bool WasReset;

    /// <summary>Bytes read and dropped at the end.</summary>
    internal int Lingered;
}
