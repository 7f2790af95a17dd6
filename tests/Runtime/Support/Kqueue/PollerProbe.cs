using System.Net.Sockets;
using QContinuum.Loops;

namespace QContinuum.Runtime.Tests.Support.Kqueue;

/// <summary>A <see cref="KqueuePoller{TKqueue}"/> on one of <see cref="Machines"/>, and a TCP connection that it watches, or will.</summary>
internal sealed class PollerProbe : IDisposable
{
    /// <summary>The key of the near side.</summary>
    public const ulong Key = 1ul << 32 | 3;

    private const int PatienceMilliseconds = 30_000;

    public PollerProbe(string machine)
        : this(Machines.PollerOf(machine))
    {
    }

    public PollerProbe(IPoller poller)
    {
        Poller = poller;
        (Near, Far) = KqueueProbe.Connect();
        Near.Blocking = false;
    }

    public IPoller Poller { get; }

    public Socket Near { get; }

    public Socket Far { get; }

    public nint Handle => Near.Handle;

    public void Add(Readiness interest) => Poller.Add(Handle, Key, interest);

    public void Modify(Readiness interest) => Poller.Modify(Handle, Key, interest);

    /// <summary>What is ready by now, a key's directions together.</summary>
    public Readiness Now(ulong key = Key) => Wait(0, key);

    /// <summary>What is ready next.</summary>
    public Readiness Next(ulong key = Key) => Wait(PatienceMilliseconds, key);

    /// <summary>Waits until all of it is ready: the other side's doings arrive one after another.</summary>
    public void Await(Readiness readiness, ulong key = Key)
    {
        bool came = SpinWait.SpinUntil(
            () =>
            {
                Readiness next = Next(key);
                Assert.True(next != Readiness.None, $"{readiness} did not come");
                return (next & readiness) == readiness;
            },
            PatienceMilliseconds);
        Assert.True(came, $"{readiness} did not come");
    }

    /// <summary>Sends until neither side has room.</summary>
    public void Fill()
    {
        byte[] bytes = new byte[64 * 1024];
        do
        {
            while (Near.Send(bytes, SocketFlags.None, out SocketError error) > 0 && error == SocketError.Success)
            {
            }
        }
        while (Near.Poll(10_000, SelectMode.SelectWrite));
    }

    /// <summary>Takes all that is on its way, so that the near side has room.</summary>
    public void Empty()
    {
        byte[] bytes = new byte[1024 * 1024];
        while (Far.Poll(10_000, SelectMode.SelectRead))
        {
            Assert.True(Far.Receive(bytes) > 0);
        }
    }

    public void Dispose()
    {
        Poller.Dispose();
        Near.Dispose();
        Far.Dispose();
    }

    private Readiness Wait(int timeoutMilliseconds, ulong key)
    {
        int count = Poller.Wait(timeoutMilliseconds);
        Readiness all = Readiness.None;
        for (int i = 0; i < count; i++)
        {
            Readiness readiness = Poller.Event(i, out ulong found);
            Assert.NotEqual(Readiness.None, readiness);
            Assert.Equal(key, found);
            all |= readiness;
        }

        return all;
    }
}
