using System.Net.Sockets;
using QContinuum.Loops;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Kqueue;

namespace QContinuum.Runtime.Tests.Kqueue;

public sealed class A_handle_is_watched_for_what_is_asked
{
    public static TheoryData<string> OfAll => Machines.All;

    [Theory, MemberData(nameof(OfAll))]
    public void For_reading_as_long_as_there_is_something_to_be_read(string machine)
    {
        using PollerProbe probe = new(machine);
        probe.Add(Readiness.Readable);
        Assert.Equal(Readiness.None, probe.Now());

        probe.Far.Send([1]);
        Assert.Equal(Readiness.Readable, probe.Next());
        Assert.Equal(Readiness.Readable, probe.Next());

        probe.Near.Receive(new byte[1]);
        Assert.Equal(Readiness.None, probe.Now());
    }

    [Theory, MemberData(nameof(OfAll))]
    public void For_writing_once_there_is_room(string machine)
    {
        using PollerProbe probe = new(machine);
        probe.Fill();
        probe.Add(Readiness.Writable);
        Assert.Equal(Readiness.None, probe.Now());

        probe.Empty();
        Assert.Equal(Readiness.Writable, probe.Next());
        Assert.Equal(Readiness.Writable, probe.Next());
    }

    /// <summary>Two events of one wait, with one key.</summary>
    [Theory, MemberData(nameof(OfAll))]
    public void For_both(string machine)
    {
        using PollerProbe probe = new(machine);
        probe.Far.Send([1]);
        probe.Add(Readiness.Readable | Readiness.Writable);

        probe.Await(Readiness.Readable | Readiness.Writable);
    }

    [Theory, MemberData(nameof(OfAll))]
    public void Changed_as_often_as_one_likes(string machine)
    {
        using PollerProbe probe = new(machine);
        probe.Far.Send([1]);
        Assert.True(probe.Near.Poll(-1, SelectMode.SelectRead));
        probe.Add(Readiness.None);
        for (int i = 0; i < 3; i++)
        {
            probe.Modify(Readiness.Readable);
            Assert.Equal(Readiness.Readable, probe.Next());
            probe.Modify(Readiness.Writable);
            Assert.Equal(Readiness.Writable, probe.Next());
            probe.Modify(Readiness.Readable | Readiness.Writable);
            Assert.Equal(Readiness.Readable | Readiness.Writable, probe.Next());
            probe.Modify(Readiness.None);
            Assert.Equal(Readiness.None, probe.Now());
        }
    }

    /// <summary>Even a full buffer, which reaches any low-water mark of a kernel that cuts it to the size of the buffer.</summary>
    [Theory, MemberData(nameof(OfAll))]
    public void Not_for_what_is_not_asked(string machine)
    {
        using PollerProbe probe = new(machine);
        probe.Near.ReceiveBufferSize = 1;
        probe.Far.Blocking = false;
        while (probe.Far.Poll(10_000, SelectMode.SelectWrite))
        {
            probe.Far.Send(new byte[4096], SocketFlags.None, out _);
        }

        probe.Add(Readiness.None);
        Assert.Equal(Readiness.None, probe.Now());
        probe.Modify(Readiness.Writable);
        Assert.Equal(Readiness.Writable, probe.Now());
        probe.Modify(Readiness.None);
        Assert.Equal(Readiness.None, probe.Now());
    }

    /// <summary>Nor is the loop woken for it, as long as there is room.</summary>
    [OnLinux]
    public void So_that_nothing_else_costs_anything()
    {
        SimulatedKernel kernel = SimulatedKernel.FreeBSD();
        using PollerProbe probe = new(new KqueuePoller<SimulatedKqueue>(new SimulatedKqueue(kernel)));
        probe.Add(Readiness.None);
        probe.Far.Send([1]);
        Assert.True(probe.Near.Poll(-1, SelectMode.SelectRead));

        Assert.Equal(Readiness.None, probe.Now());
        Assert.Equal(0, kernel.Told);
    }

    /// <summary>Who accepts nobody for a while is told of nobody, and of all afterwards.</summary>
    [Theory, MemberData(nameof(OfAll))]
    public void Nor_a_listener(string machine)
    {
        const ulong ListenerKey = 2ul << 32;
        using PollerProbe probe = new(machine);
        using Socket listener = KqueueProbe.Listen();
        probe.Poller.Add(listener.Handle, ListenerKey, Readiness.Readable);
        probe.Poller.Modify(listener.Handle, ListenerKey, Readiness.None);
        using Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(listener.LocalEndPoint!);
        Assert.True(listener.Poll(-1, SelectMode.SelectRead));
        Assert.Equal(Readiness.None, probe.Now(ListenerKey));

        probe.Poller.Modify(listener.Handle, ListenerKey, Readiness.Readable);
        Assert.Equal(Readiness.Readable, probe.Next(ListenerKey));
        Assert.Equal(Readiness.Readable, probe.Next(ListenerKey));
    }

    [Theory, MemberData(nameof(OfAll))]
    public void Not_at_all_once_it_is_removed_and_again_once_it_is_added(string machine)
    {
        using PollerProbe probe = new(machine);
        probe.Far.Send([1]);
        probe.Add(Readiness.Readable | Readiness.Writable);
        probe.Await(Readiness.Readable);
        probe.Poller.Remove(probe.Handle);
        Assert.Equal(Readiness.None, probe.Now());

        probe.Add(Readiness.Readable);
        Assert.Equal(Readiness.Readable, probe.Next());
    }
}
