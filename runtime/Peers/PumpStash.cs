using QContinuum.Processors;

namespace QContinuum;

/// <summary>
/// What a pump's queue had no room for, and, while the peer moves, what is for its next lane: in the order opened, received, moved, ended, closed. A peer with a stash is not
/// read, so there is no more than one of each.
/// </summary>
internal struct PumpStash
{
    internal bool Opened;
    internal PumpItem Run;
    internal bool Moved;
    internal bool Ended;
    internal bool Closed;

    internal readonly bool IsEmpty => !Opened && Run.Block is null && !Moved && !Ended && !Closed;
}
