using System.Net;
using System.Net.Sockets;
using QContinuum.Buffers;

namespace QContinuum.Loops;

/// <summary><see cref="Socket"/> alone, for every platform without a poller of its own: correct, not fast.</summary>
/// <remarks>
/// What <see cref="Socket"/> tells is the end of an operation; what a loop asks for is readiness. A receive of no bytes ends when there is
/// something to be received (<see cref="PortableConnection"/>), and an accept when there was somebody, who is kept until asked for (<see
/// cref="PortableListener"/>). So a read costs a system call or two more than with a poller of the operating system, and two changes of thread; and
/// what becomes ready is known only when a thread of the pool has said so: a process that blocks those threads is served late.
/// Handles are numbers that are never used again, known to all pollers of the process: a connection is accepted on one loop, and watched on
/// another.
/// </remarks>
internal readonly struct PortablePoller : IPoller
{
    private readonly PortableQueue _queue;

    public PortablePoller() => _queue = new PortableQueue();

    public static nint Listen(Socket socket) => new PortableListener(socket).Handle;

    public static nint Connect(Socket socket, EndPoint endpoint) => new PortableConnection(socket, endpoint).Handle;

    public int Wait(int timeoutMilliseconds) => _queue.Wait(timeoutMilliseconds);

    public Readiness Event(int index, out ulong key) => _queue.Event(index, out key);

    public void Wake() => _queue.Wake();

    public void Add(nint handle, ulong key, Readiness interest) => PortableSocket.Find(handle).Watch(_queue, key, interest);

    public void Modify(nint handle, ulong key, Readiness interest) => PortableSocket.Find(handle).Watch(_queue, key, interest);

    public void Remove(nint handle) => PortableSocket.Find(handle).Unwatch();

    public nint Accept(nint listener, out SocketPeerAddress address) => ((PortableListener)PortableSocket.Find(listener)).Accept(out address);

    public unsafe int Receive(nint handle, byte* destination, int length) => Connection(handle).Receive(new Span<byte>(destination, length));

    public int Send(nint handle, Block chain) => Connection(handle).Send(chain);

    public bool WasReset(nint handle) => Connection(handle).IsReset;

    /// <summary>
    /// Not known. It costs this: a peer that takes less than its kernel's buffer holds (<see cref="PortableConnection"/> bounds that) within
    /// <see cref="PeerOptions.SendTimeout"/> is taken for one that takes nothing.
    /// </summary>
    public int Unconfirmed(nint handle) => 0;

    public SocketError FinishConnect(nint handle) => Connection(handle).FinishConnect();

    public void ShutdownWrite(nint handle) => Connection(handle).ShutdownWrite();

    public void Close(nint handle, bool reset) => Connection(handle).Close(reset);

    public void Discard(nint handle, bool reset) => Connection(handle).Close(reset);

    /// <summary>Nothing to be given up: an operation that ends later only finds a queue that nobody looks into.</summary>
    public void Dispose()
    {
    }

    private static PortableConnection Connection(nint handle) => (PortableConnection)PortableSocket.Find(handle);
}
