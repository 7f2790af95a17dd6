using QContinuum.Loops;
using QContinuum.Processors;
using QContinuum.Pulling;

namespace QContinuum;

/// <summary>
/// What most peers never need, made when one needs the first of it: a peer that only waits for messages pays one reference for all of this. Who may touch a field is said
/// where it is used.
/// </summary>
internal sealed class PeerExtras
{
    /// <summary>Completes when it is connected and has opened: of a client.</summary>
    internal TaskCompletionSource<Peer>? Connecting;

    /// <summary>Whether it is still wanted when it is connected: of a client that tries several addresses. The loop asks once.</summary>
    internal Func<bool>? MayOpen;

    /// <summary>Of <see cref="Peer.Aborted"/>. Any thread.</summary>
    internal CancellationTokenSource? Aborted;

    /// <summary>Of <see cref="Peer.Completion"/>. Any thread.</summary>
    internal TaskCompletionSource<CloseReason>? Completion;

    /// <summary>Those that wait for their replies. Any thread.</summary>
    internal RequestTable? Requests;

    /// <summary>Those who wait to pass something on to it. Any thread.</summary>
    internal ForwardLine? Forwards;

    /// <summary>What gives out the frames that are read by hand. Any thread; the lane sets it.</summary>
    internal PullReader? Reader;

    /// <summary>The processor that it is to go to; null for none. Any thread.</summary>
    internal Processor? Next;

    /// <summary>When it must have a user, by the loop's clock; 0 for never, and once it had one then. Any thread.</summary>
    internal long UserDue;

    /// <summary>Messages that found no room. Any thread.</summary>
    internal long Refused;

    /// <summary>Bytes of the messages that its handlers own. Any thread.</summary>
    internal long OwnedBytes;

    /// <summary>Of messages; the lane's.</summary>
    internal RateLimit MessageRate;

    /// <summary>How much of what holds the lane waits until the other side has kept to that rate. The lane's; the loop reads it.</summary>
    internal int RateHolds;

    /// <summary>Runs while an end waits for a handler; null otherwise. The lane's.</summary>
    internal ITimer? Patience;

    /// <summary>How often handlers were given up: what those of an earlier time do when they end concerns nobody. The lane's.</summary>
    internal int GivenUp;

    /// <summary>What the pump's queue had no room for. The loop's.</summary>
    internal PumpStash Stash;
}
