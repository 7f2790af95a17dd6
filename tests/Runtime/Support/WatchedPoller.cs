using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using QContinuum.Buffers;
using QContinuum.Loops;

namespace QContinuum.Runtime.Tests.Support;

/// <summary>
/// Loops that wait as those of the other tests do, and of which a test sees when they are asleep and who wakes them. It may take their descriptors away.
/// </summary>
internal sealed class PollerWatch
{
    private int _asleep;
    private int _missing;
    private int _unwatchable;

    public PollerWatch() => Pollers = Pollers.Default == Pollers.Epoll
        ? new Pollers<WatchedPoller<EpollPoller>>("watched", () => new WatchedPoller<EpollPoller>(new EpollPoller(), this))
        : new Pollers<WatchedPoller<PortablePoller>>("watched", () => new WatchedPoller<PortablePoller>(new PortablePoller(), this));

    public Pollers Pollers { get; }

    /// <summary>Loops that wait until something happens.</summary>
    public int Asleep => Volatile.Read(ref _asleep);

    /// <summary>Called by whoever wakes a loop, before it is woken.</summary>
    public Action? OnWake { get; set; }

    /// <summary>So many of the next accepts find no descriptor.</summary>
    public int MissingDescriptors
    {
        set => Volatile.Write(ref _missing, value);
    }

    /// <summary>So many of the next handles the system does not watch.</summary>
    public int Unwatchable
    {
        set => Volatile.Write(ref _unwatchable, value);
    }

    internal void Sleeping(int change) => Interlocked.Add(ref _asleep, change);

    internal bool HasDescriptor() => Volatile.Read(ref _missing) == 0 || Interlocked.Decrement(ref _missing) < 0;

    internal bool CanWatch() => Volatile.Read(ref _unwatchable) == 0 || Interlocked.Decrement(ref _unwatchable) < 0;
}

/// <summary>Another poller, which is a struct that never changes, and who watches it.</summary>
internal readonly struct WatchedPoller<TPoller>(TPoller inner, PollerWatch watch) : IPoller
    where TPoller : struct, IPoller
{
    /// <summary><c>ENOSPC</c>, which <c>epoll_ctl</c> says at <c>max_user_watches</c>.</summary>
    private const int NoSpace = 28;

    public static nint Listen(Socket socket) => TPoller.Listen(socket);

    public static nint Connect(Socket socket, EndPoint endpoint) => TPoller.Connect(socket, endpoint);

    public int Wait(int timeoutMilliseconds)
    {
        bool sleeps = timeoutMilliseconds != 0;
        watch.Sleeping(sleeps ? 1 : 0);
        int count = inner.Wait(timeoutMilliseconds);
        watch.Sleeping(sleeps ? -1 : 0);
        return count;
    }

    public Readiness Event(int index, out ulong key) => inner.Event(index, out key);

    public void Wake()
    {
        watch.OnWake?.Invoke();
        inner.Wake();
    }

    public void Add(nint handle, ulong key, Readiness interest)
    {
        if (!watch.CanWatch())
        {
            throw new Win32Exception(NoSpace);
        }

        inner.Add(handle, key, interest);
    }

    public void Modify(nint handle, ulong key, Readiness interest) => inner.Modify(handle, key, interest);

    public void Remove(nint handle) => inner.Remove(handle);

    public nint Accept(nint listener, out SocketPeerAddress address)
    {
        address = default;
        return watch.HasDescriptor() ? inner.Accept(listener, out address) : -(nint)IoError.NoDescriptor;
    }

    public unsafe int Receive(nint handle, byte* destination, int length) => inner.Receive(handle, destination, length);

    public int Send(nint handle, Block chain) => inner.Send(handle, chain);

    public bool WasReset(nint handle) => inner.WasReset(handle);

    public int Unconfirmed(nint handle) => inner.Unconfirmed(handle);

    public SocketError FinishConnect(nint handle) => inner.FinishConnect(handle);

    public void ShutdownWrite(nint handle) => inner.ShutdownWrite(handle);

    public void Close(nint handle, bool reset) => inner.Close(handle, reset);

    public void Discard(nint handle, bool reset) => inner.Discard(handle, reset);

    public void Dispose() => inner.Dispose();
}
