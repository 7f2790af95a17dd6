using QContinuum.Buffers;
using QContinuum.Loops;

namespace QContinuum;

/// <summary>What is encoded once for many peers, and the groups that a peer is in.</summary>
public sealed partial class Peer
{
    /// <summary>The groups, which the peer leaves when it closes. Changed by compare-and-swap.</summary>
    private Group[]? _groups;

    /// <summary>Queues a frame that is shared with other peers, without a copy. Its loop is not woken for it.</summary>
    /// <param name="frame">A whole frame.</param>
    /// <param name="header">The header that it has.</param>
    /// <param name="loop">The loop to be woken when all is queued, if there is one.</param>
    internal SendResult SendShared(Block frame, HeaderCodec header, out EventLoop? loop)
    {
        loop = null;
        if (header != Header)
        {
            return SendResult.WrongHeader;
        }

        if (IsHere)
        {
            // Behind what this lane has encoded for the peer and not yet published.
            OutgoingChain tail = BeginSend(out _, 0);
            SendResult queued = Admit(onLane: true, tail.Bytes, frame.Length);
            if (queued <= SendResult.Congested)
            {
                tail.Append(_lane.Pool.TakeView(frame));
            }

            return EndSend(tail, onLane: true, queued, frame.Length);
        }

        SendResult result = Admit(onLane: false, unpublished: 0, frame.Length);
        if (result <= SendResult.Congested)
        {
            Block view = TakeReserved(frame);
            _connection.PublishReservedQuietly(view, view);
            loop = _connection.Loop;
        }
        else if (result == SendResult.Overflow)
        {
            Overflow(isAnswer: false);
        }

        return result;
    }

    /// <summary>What was admitted does not wait where there is no memory for it.</summary>
    private Block TakeReserved(Block frame)
    {
        try
        {
            return BlockPool.OfThread.TakeView(frame);
        }
        catch (OutOfMemoryException)
        {
            _connection.GiveBack(frame.Length);
            throw;
        }
    }

    /// <summary>
    /// Notes a group; it is left when the peer closes. The arrays are never changed, and the last of them is <see cref="Left"/>: a group is in the one that the closing takes, or
    /// is told here that it came too late.
    /// </summary>
    /// <returns>False when the peer has closed already.</returns>
    internal bool Join(Group group)
    {
        while (true)
        {
            Group[]? groups = Volatile.Read(ref _groups);
            if (groups == Left)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _groups, [.. groups ?? [], group], groups) == groups)
            {
                return true;
            }
        }
    }

    /// <summary>Forgets a group.</summary>
    internal void Leave(Group group)
    {
        while (true)
        {
            Group[]? groups = Volatile.Read(ref _groups);
            if (groups is null || groups == Left)
            {
                return;
            }

            Group[]? others = groups.Length == 1 ? null : [.. groups.Where(other => other != group)];
            if (Interlocked.CompareExchange(ref _groups, others, groups) == groups)
            {
                return;
            }
        }
    }

    /// <summary>What a peer has that is in no group any more, and comes into none. Distinct from every other empty array.</summary>
    private static Group[] Left { get; } = new Group[1];

    private void LeaveGroups()
    {
        Group[]? groups = Interlocked.Exchange(ref _groups, Left);
        if (groups is not null && groups != Left)
        {
            foreach (Group group in groups)
            {
                group.Forget(this);
            }
        }
    }
}
