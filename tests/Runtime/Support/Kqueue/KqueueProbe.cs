using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using QContinuum.Loops;

namespace QContinuum.Runtime.Tests.Support.Kqueue;

/// <summary>A kqueue, asked directly, and a TCP connection to watch with it.</summary>
internal sealed unsafe class KqueueProbe : IDisposable
{
    private const int MostEvents = 16;
    private const int PatienceSeconds = 30;

    private readonly int _queue;

    public KqueueProbe(IKqueue kqueue)
    {
        Kqueue = kqueue;
        _queue = kqueue.Create();
        (Near, Far) = Connect();
    }

    public IKqueue Kqueue { get; }

    /// <summary>The side that is watched.</summary>
    public Socket Near { get; }

    public Socket Far { get; }

    public nuint Handle => (nuint)Near.Handle;

    public static KqueueProbe On(string machine) => new(Machines.KqueueOf(machine));

    /// <summary>Two ends of a new connection.</summary>
    public static (Socket Near, Socket Far) Connect()
    {
        using Socket listener = Listen();
        Socket far = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        far.Connect(listener.LocalEndPoint!);
        return (listener.Accept(), far);
    }

    public static Socket Listen()
    {
        Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        return listener;
    }

    /// <summary>One change.</summary>
    /// <returns>0, or its error.</returns>
    public int Change(nuint identifier, short filter, int flags, ulong userData = 0, uint filterFlags = 0, nint data = 0)
    {
        KernelEvent change = Event(identifier, filter, flags, userData, filterFlags, data);
        return Control([change], 0, default(KernelTime), out _) < 0 ? Marshal.GetLastPInvokeError() : 0;
    }

    /// <summary>What has happened by now.</summary>
    public KernelEvent[] Poll()
    {
        Assert.True(Control([], MostEvents, default(KernelTime), out KernelEvent[] events) >= 0);
        return events;
    }

    /// <summary>What happens next.</summary>
    public KernelEvent[] Await()
    {
        Assert.True(Control([], MostEvents, new KernelTime { Seconds = PatienceSeconds }, out KernelEvent[] events) > 0);
        return events;
    }

    /// <summary>The one thing that happens next.</summary>
    public KernelEvent AwaitOne() => Assert.Single(Await());

    /// <summary>kevent(2).</summary>
    public int Control(ReadOnlySpan<KernelEvent> changes, int most, KernelTime? timeout, out KernelEvent[] events)
    {
        int size = Kqueue.EventSize;
        byte[] asked = new byte[Math.Max(changes.Length, 1) * size];
        byte[] told = new byte[Math.Max(most, 1) * size];
        for (int i = 0; i < changes.Length; i++)
        {
            MemoryMarshal.Write(asked.AsSpan(i * size), in changes[i]);
        }

        KernelTime time = timeout.GetValueOrDefault();
        int count;
        fixed (byte* first = asked, firstTold = told)
        {
            count = Kqueue.Control(_queue, first, changes.Length, firstTold, most, timeout is null ? null : &time);
        }

        events = new KernelEvent[Math.Max(count, 0)];
        for (int i = 0; i < events.Length; i++)
        {
            events[i] = MemoryMarshal.Read<KernelEvent>(told.AsSpan(i * size));
        }

        return count;
    }

    public static KernelEvent Event(nuint identifier, short filter, int flags, ulong userData = 0, uint filterFlags = 0, nint data = 0) => new()
    {
        Identifier = identifier,
        Filter = filter,
        Flags = (ushort)flags,
        FilterFlags = filterFlags,
        Data = data,
        UserData = userData,
    };

    public void Dispose()
    {
        Kqueue.Close(_queue);
        Near.Dispose();
        Far.Dispose();
    }
}
