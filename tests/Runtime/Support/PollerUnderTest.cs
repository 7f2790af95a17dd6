using System.Net;
using System.Net.Sockets;
using QContinuum.Buffers;
using QContinuum.Loops;
using QContinuum.Runtime.Tests.Support.Kqueue;

namespace QContinuum.Runtime.Tests.Support;

/// <summary>
/// A poller by itself, without a loop: the thread of the test is the one that calls it. The other sides of its sockets are bare ones.
/// </summary>
internal sealed class PollerUnderTest : IDisposable
{
    private const int WaitMilliseconds = 100;

    /// <summary>The bound of what is awaited.</summary>
    public const int PatienceMilliseconds = 30_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(PatienceMilliseconds);

    private readonly Func<Socket, nint> _listen;
    private readonly Func<Socket, EndPoint, nint> _connect;
    private readonly List<Socket> _sockets = [];
    private readonly HashSet<nint> _open = [];
    private ulong _lastKey;
    private bool _isListening = true;

    private PollerUnderTest(IPoller poller, Func<Socket, nint> listen, Func<Socket, EndPoint, nint> connect)
    {
        Poller = poller;
        _listen = listen;
        _connect = connect;
        Listener = TcpSocket();
        Listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Listener.Listen();
        Listener.Blocking = false;
        ListenerHandle = listen(Listener);
        ListenerKey = NewKey();
        Poller.Add(ListenerHandle, ListenerKey, Readiness.Readable);
    }

    public static IEnumerable<string> Names
    {
        get
        {
            if (OperatingSystem.IsLinux())
            {
                yield return "epoll";
                yield return Machines.MacOS;
                yield return Machines.FreeBSD;
            }

            if (SystemKqueue.IsThere)
            {
                yield return "kqueue";
            }

            yield return "portable";
        }
    }

    public IPoller Poller { get; }

    /// <summary>Listens on a free port, and is watched.</summary>
    public Socket Listener { get; }

    public nint ListenerHandle { get; }

    public ulong ListenerKey { get; }

    public static PollerUnderTest Open(string name) => name switch
    {
        "epoll" => Of(new EpollPoller()),
        Machines.MacOS or Machines.FreeBSD => Of(Machines.SimulatedPollerOf(name)),
        "kqueue" => Of(new KqueuePoller<SystemKqueue>(default)),
        "portable" => Of(new PortablePoller()),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    public ulong NewKey() => ++_lastKey;

    /// <summary>A socket of the test, closed with it.</summary>
    public Socket TcpSocket()
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _sockets.Add(socket);
        return socket;
    }

    /// <summary>Begins to connect. The handle is closed with the test.</summary>
    public nint Connect(EndPoint endpoint)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, Blocking = false };
        nint handle = _connect(socket, endpoint);
        _open.Add(handle);
        return handle;
    }

    /// <summary>An accepted connection, not watched yet, and the other side of it.</summary>
    public (nint Handle, Socket Other) Accept(int receiveBuffer = 0)
    {
        Socket other = TcpSocket();
        other.NoDelay = true;
        if (receiveBuffer > 0)
        {
            other.ReceiveBufferSize = receiveBuffer;
        }

        other.Connect(Listener.LocalEndPoint!);
        return (AcceptWaiting(out _), other);
    }

    /// <summary>Accepts who connects, or is about to.</summary>
    public nint AcceptWaiting(out SocketPeerAddress address)
    {
        nint handle;
        while ((handle = Poller.Accept(ListenerHandle, out address)) == -(nint)IoError.WouldBlock)
        {
            Await(ListenerKey, Readiness.Readable);
        }

        Assert.True(handle >= 0, $"accept: {(IoError)(-handle)}");
        _open.Add(handle);
        return handle;
    }

    /// <summary>Waits until something is ready for all of this, and tells what else it is ready for.</summary>
    public Readiness Await(ulong key, Readiness readiness)
    {
        using CancellationTokenSource patience = new(Patience);
        while (true)
        {
            Readiness found = Wait(WaitMilliseconds).GetValueOrDefault(key);
            if ((found & readiness) == readiness)
            {
                return found;
            }

            Assert.False(patience.IsCancellationRequested, $"{readiness} did not come within {Patience.TotalSeconds} s.");
        }
    }

    /// <summary>One wait, and what it told of, in as many events as it liked; 0 is the key of nothing, and may be that of a wake-up.</summary>
    public Dictionary<ulong, Readiness> Wait(int timeoutMilliseconds)
    {
        Dictionary<ulong, Readiness> events = [];
        int count = Poller.Wait(timeoutMilliseconds);
        for (int i = 0; i < count; i++)
        {
            Readiness readiness = Poller.Event(i, out ulong key);
            if (key != 0)
            {
                events[key] = events.GetValueOrDefault(key) | readiness;
            }
        }

        return events;
    }

    /// <summary>What a wait tells of that comes after something that was sent now on another connection was reported.</summary>
    public Dictionary<ulong, Readiness> WaitPast(Socket other, ulong key)
    {
        other.Send([1]);
        Await(key, Readiness.Readable);
        return Wait(0);
    }

    public unsafe int Receive(nint handle, Span<byte> destination)
    {
        fixed (byte* first = destination)
        {
            return Poller.Receive(handle, first, destination.Length);
        }
    }

    /// <summary>Sends what one block has room for.</summary>
    public int Send(nint handle, ReadOnlySpan<byte> bytes)
    {
        Block block = BlockPool.OfThread.Take(bytes.Length);
        bytes.CopyTo(block.FreeSpan(bytes.Length));
        block.End = bytes.Length;
        int sent = Poller.Send(handle, block);
        block.Release();
        return sent;
    }

    public void StopListening()
    {
        if (_isListening)
        {
            _isListening = false;
            Poller.Remove(ListenerHandle);
            Listener.Dispose();
        }
    }

    /// <summary>The test closes it.</summary>
    public void Forget(nint handle) => _open.Remove(handle);

    public void Close(nint handle, bool reset)
    {
        _open.Remove(handle);
        Poller.Close(handle, reset);
    }

    public void Dispose()
    {
        foreach (nint handle in _open)
        {
            Poller.Close(handle, reset: true);
        }

        StopListening();
        _sockets.ForEach(static socket => socket.Dispose());
        Poller.Dispose();
    }

    private static PollerUnderTest Of<TPoller>(TPoller poller)
        where TPoller : struct, IPoller
        => new(poller, TPoller.Listen, TPoller.Connect);
}
