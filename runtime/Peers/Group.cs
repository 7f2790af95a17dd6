using System.Diagnostics;
using QContinuum.Buffers;
using QContinuum.Loops;

namespace QContinuum;

/// <summary>
/// Peers that are sent the same: a room, a match, the subscribers of something. A message to a group is encoded once, into one buffer that all of them share, and
/// each of their loops is woken once. A peer that closes leaves by itself, before its Closed handler runs. Every member may be called on any thread.
/// </summary>
/// <remarks>
/// What one thread sends to a group and to its members alone reaches each of them in the order of the calls, as with <see cref="Peer.Send{T}(in T)"/>. Slow members bound themselves: each has its own <see cref="PeerOptions.SendLimit"/>.
/// </remarks>
public sealed class Group
{
    /// <summary>How many loops there may be among the members: one at least, and seldom more than a few.</summary>
    [ThreadStatic]
    private static List<EventLoop>? t_loops;

    private readonly Lock _gate = new();
    private readonly Dictionary<Peer, int> _places = [];
    private readonly List<Peer> _members = [];

    /// <summary>The members as an array that is never changed; null after they changed.</summary>
    private Peer[]? _snapshot = [];

    /// <summary>How many members it has.</summary>
    public int Count => Snapshot().Length;

    /// <summary>The members of this moment: a list that does not change, whoever comes or leaves.</summary>
    public IReadOnlyList<Peer> Members => Snapshot();

    /// <summary>Takes a peer in.</summary>
    /// <param name="peer">The peer.</param>
    /// <returns>False when it is a member already, or has closed.</returns>
    public bool Add(Peer peer)
    {
        ArgumentNullException.ThrowIfNull(peer);
        lock (_gate)
        {
            if (!_places.TryAdd(peer, _members.Count))
            {
                return false;
            }

            _members.Add(peer);
            _snapshot = null;

            // Under the lock, as the leaving is: the peer's own note of it and the membership change together.
            if (peer.Join(this))
            {
                return true;
            }

            Forget(peer);
            return false;
        }
    }

    /// <summary>Lets a peer go.</summary>
    /// <param name="peer">The peer.</param>
    /// <returns>False when it is no member.</returns>
    public bool Remove(Peer peer)
    {
        ArgumentNullException.ThrowIfNull(peer);
        lock (_gate)
        {
            if (!Forget(peer))
            {
                return false;
            }

            peer.Leave(this);
            return true;
        }
    }

    /// <summary>Whether a peer is a member.</summary>
    /// <param name="peer">The peer.</param>
    public bool Contains(Peer peer)
    {
        lock (_gate)
        {
            return _places.ContainsKey(peer);
        }
    }

    /// <summary>Queues a message for every member. It is encoded before the call returns.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="message">The message.</param>
    /// <param name="except">A member that is left out; nobody if null.</param>
    /// <returns>For how many members it was queued: not for those that are closing, that speak another header, or whose limit it would exceed.</returns>
    public int Send<T>(scoped in T message, Peer? except = null)
        where T : IMessage<T>, allows ref struct
    {
        Peer[] members = Snapshot();
        return members.Length == 0 ? 0 : Send(members, SharedFrame.Encode(in message), T.Header, except);
    }

    /// <summary>Queues a message like <see cref="Send{T}(in T, Peer)"/>, with header fields chosen by the sender.</summary>
    /// <typeparam name="THeader">The header.</typeparam>
    /// <typeparam name="T">The message, which is bound to it.</typeparam>
    /// <param name="header">The header; its length, its id, its constants and what the message decides are derived.</param>
    /// <param name="message">The message.</param>
    /// <param name="except">A member that is left out; nobody if null.</param>
    /// <returns>For how many members it was queued.</returns>
    public int Send<THeader, T>(scoped in THeader header, scoped in T message, Peer? except = null)
        where THeader : struct, IHeader<THeader>
        where T : IMessage<T, THeader>, allows ref struct
    {
        Peer[] members = Snapshot();
        return members.Length == 0 ? 0 : Send(members, SharedFrame.Encode(in header, in message), T.Header, except);
    }

    /// <summary>Takes a peer out of the members, and leaves the peer as it is.</summary>
    internal bool Forget(Peer peer)
    {
        lock (_gate)
        {
            if (!_places.Remove(peer, out int place))
            {
                return false;
            }

            // The last one takes its place.
            Peer last = _members[^1];
            _members.RemoveAt(_members.Count - 1);
            if (last != peer)
            {
                _members[place] = last;
                _places[last] = place;
            }

            Debug.Assert(_members.Count == _places.Count, "every member has a place");
            _snapshot = null;
            return true;
        }
    }

    private static int Send(Peer[] members, Block frame, HeaderCodec header, Peer? except)
    {
        List<EventLoop> loops = t_loops ??= [];
        int queued = 0;
        try
        {
            foreach (Peer member in members)
            {
                if (member == except)
                {
                    continue;
                }

                if (member.SendShared(frame, header, out EventLoop? loop) <= SendResult.Congested)
                {
                    queued++;
                }

                if (loop is not null && !loops.Contains(loop))
                {
                    loops.Add(loop);
                }
            }
        }
        finally
        {
            // Also where there was no memory for a member: those before it have theirs.
            foreach (EventLoop loop in loops)
            {
                loop.WakeIfAsleep();
            }

            loops.Clear();
            frame.Release();
        }

        return queued;
    }

    private Peer[] Snapshot()
    {
        lock (_gate)
        {
            return _snapshot ??= [.. _members];
        }
    }
}
