using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;

namespace QContinuum.Loops;

/// <summary>A socket that a <see cref="PortablePoller"/> knows by a handle. All but the handles belongs to the loop that watches it.</summary>
/// <remarks>
/// Its identity is the object: what is ready is told with the key that it has at that moment, and what is not watched any more has none. An
/// operation that was begun for an earlier interest goes on; how it ended is there when the interest comes back.
/// </remarks>
internal abstract class PortableSocket : IDisposable
{
    /// <summary>Of all loops.</summary>
    private static readonly ConcurrentDictionary<nint, PortableSocket> Known = new();
    private static long s_lastHandle;

    protected PortableSocket(Socket socket)
    {
        Socket = socket;
        do
        {
            // Where it is short, it comes round after two thousand million connections: a few of those may still be there.
            Handle = (nint)(Interlocked.Increment(ref s_lastHandle) & nint.MaxValue);
        }
        while (!Known.TryAdd(Handle, this));
    }

    internal nint Handle { get; }

    /// <summary>What its events are told with; 0 while it is not watched.</summary>
    internal ulong Key { get; private set; }

    /// <summary>Whether the next wait looks at it.</summary>
    internal bool IsListed { get; set; }

    /// <summary>
    /// Where the ends of its operations are told: there before the first one begins, and never changed, since a socket is watched by one loop alone.
    /// </summary>
    internal PortableQueue? Queue { get; private set; }

    protected Socket Socket { get; }

    protected Readiness Interest { get; private set; }

    internal static PortableSocket Find(nint handle) => Known[handle];

    internal void Watch(PortableQueue queue, ulong key, Readiness interest)
    {
        Debug.Assert(Queue is null || Queue == queue, "a socket is watched by one loop alone");
        Queue = queue;
        Key = key;
        Interest = interest;
        queue.List(this);
    }

    /// <summary>It is watched no more, and may be again.</summary>
    internal virtual void Unwatch() => Key = 0;

    /// <summary>Begins what has to be under way, and says what it is ready for.</summary>
    internal abstract Readiness Look();

    /// <summary>Gives up what it has begun.</summary>
    public abstract void Dispose();

    /// <summary>The handle means nothing any more.</summary>
    protected void Forget()
    {
        Key = 0;
        Known.TryRemove(Handle, out _);
    }
}
