using System.Net.Sockets;
using QContinuum.Loops;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Kqueue;

namespace QContinuum.Runtime.Tests.Kqueue;

/// <summary>What kqueue(2) says of the read and write filters of sockets, and what the simulated one must therefore do.</summary>
public sealed class A_filter_tells_what_is_so
{
    public static TheoryData<string> OfAll => Machines.All;

    [Theory, MemberData(nameof(OfAll))]
    public void How_much_there_is_to_be_read_as_long_as_there_is(string machine)
    {
        using KqueueProbe probe = KqueueProbe.On(machine);
        probe.Change(probe.Handle, Kevents.Read, Kevents.Add);
        Assert.Empty(probe.Poll());

        probe.Far.Send(new byte[3]);
        Assert.Equal(3, probe.AwaitOne().Data);
        Assert.Equal(3, probe.AwaitOne().Data);

        Receive(probe, 2);
        Assert.Equal(1, probe.AwaitOne().Data);

        Receive(probe, 1);
        Assert.Empty(probe.Poll());
    }

    [Theory, MemberData(nameof(OfAll))]
    public void How_many_wait_to_be_accepted(string machine)
    {
        using KqueueProbe probe = KqueueProbe.On(machine);
        using Socket listener = KqueueProbe.Listen();
        probe.Change((nuint)listener.Handle, Kevents.Read, Kevents.Add);
        Assert.Empty(probe.Poll());

        using Socket first = new(SocketType.Stream, ProtocolType.Tcp);
        using Socket second = new(SocketType.Stream, ProtocolType.Tcp);
        first.Connect(listener.LocalEndPoint!);
        Assert.Equal(1, probe.AwaitOne().Data);
        second.Connect(listener.LocalEndPoint!);
        Assert.Equal(2, probe.AwaitOne().Data);

        listener.Accept().Dispose();
        listener.Accept().Dispose();
        Assert.Empty(probe.Poll());
    }

    [Theory, MemberData(nameof(OfAll))]
    public void That_there_is_room_to_be_written_to(string machine)
    {
        using KqueueProbe probe = KqueueProbe.On(machine);
        probe.Near.Blocking = false;
        Fill(probe.Near);
        probe.Change(probe.Handle, Kevents.Write, Kevents.Add);
        Assert.Empty(probe.Poll());

        Empty(probe.Far);
        KernelEvent told = probe.AwaitOne();
        Assert.True(told.Data > 0);
        Assert.Equal(0, told.Flags & Kevents.End);
    }

    [Theory, MemberData(nameof(OfAll))]
    public void The_end_at_once_though_there_is_something_to_be_read_before(string machine)
    {
        using KqueueProbe probe = KqueueProbe.On(machine);
        probe.Change(probe.Handle, Kevents.Read, Kevents.Add);
        probe.Far.Send(new byte[3]);
        probe.Far.Shutdown(SocketShutdown.Send);
        Assert.True(SpinWait.SpinUntil(() => (probe.AwaitOne().Flags & Kevents.End) != 0, TimeSpan.FromSeconds(30)));

        KernelEvent told = probe.AwaitOne();
        Assert.Equal((3, 0u), (told.Data, told.FilterFlags));

        Receive(probe, 3);
        told = probe.AwaitOne();
        Assert.Equal((0, Kevents.End), (told.Data, told.Flags & Kevents.End));
    }

    /// <summary>The other side's end is not the end of what is written.</summary>
    [Theory, MemberData(nameof(OfAll))]
    public void The_end_of_the_direction_that_ended(string machine)
    {
        using KqueueProbe probe = KqueueProbe.On(machine);
        probe.Far.Shutdown(SocketShutdown.Send);
        probe.Change(probe.Handle, Kevents.Read, Kevents.Add);
        Assert.Equal(Kevents.End, probe.AwaitOne().Flags & Kevents.End);
        probe.Change(probe.Handle, Kevents.Write, Kevents.Add);

        Assert.Equal(
            [(Kevents.Write, 0), (Kevents.Read, (int)Kevents.End)],
            probe.Await().Select(static told => (told.Filter, told.Flags & Kevents.End)).OrderBy(static told => told.Filter));
    }

    [Theory, MemberData(nameof(OfAll))]
    public void The_end_of_what_this_side_has_finished(string machine)
    {
        using KqueueProbe probe = KqueueProbe.On(machine);
        probe.Change(probe.Handle, Kevents.Write, Kevents.Add | Kevents.Clear);
        Assert.Equal(0, probe.AwaitOne().Flags & Kevents.End);
        probe.Near.Shutdown(SocketShutdown.Send);

        KernelEvent told = probe.AwaitOne();
        Assert.Equal((Kevents.End, 0u), (told.Flags & Kevents.End, told.FilterFlags));
    }

    [Theory, MemberData(nameof(OfAll))]
    public void A_reset_as_an_end_with_an_error_for_both_and_leaves_it_to_who_receives(string machine)
    {
        using KqueueProbe probe = KqueueProbe.On(machine);
        probe.Change(probe.Handle, Kevents.Read, Kevents.Add);
        probe.Far.LingerState = new LingerOption(true, 0);
        probe.Far.Dispose();
        KernelEvent read = probe.AwaitOne();
        probe.Change(probe.Handle, Kevents.Write, Kevents.Add);
        Assert.All(probe.Await(), static told => Assert.True((told.Flags & Kevents.End) != 0 && told.FilterFlags != 0));

        Assert.True((read.Flags & Kevents.End) != 0 && read.FilterFlags != 0);
        Assert.Equal(SocketError.ConnectionReset, Assert.Throws<SocketException>(() => probe.Near.Receive(new byte[1])).SocketErrorCode);
    }

    [Theory, MemberData(nameof(OfAll))]
    public void No_less_than_its_low_water_mark_but_any_end(string machine)
    {
        using KqueueProbe probe = KqueueProbe.On(machine);
        probe.Change(probe.Handle, Kevents.Read, Kevents.Add, filterFlags: Kevents.LowWater, data: 3);
        probe.Far.Send(new byte[2]);
        Assert.True(probe.Near.Poll(-1, SelectMode.SelectRead));
        Assert.Empty(probe.Poll());

        probe.Far.Send(new byte[1]);
        Assert.Equal(3, probe.AwaitOne().Data);
        Assert.Equal(3, probe.AwaitOne().Data);

        Receive(probe, 2);
        Assert.Empty(probe.Poll());

        probe.Far.Shutdown(SocketShutdown.Send);
        Assert.Equal(1, probe.AwaitOne().Data);
    }

    [OnLinux]
    public void What_fits_into_the_buffer_where_the_mark_is_beyond_it_and_is_cut()
    {
        using KqueueProbe cut = new(new SimulatedKqueue(SimulatedKernel.MacOS()));
        cut.Change(cut.Handle, Kevents.Write, Kevents.Add, filterFlags: Kevents.LowWater, data: int.MaxValue);
        Assert.True(cut.AwaitOne().Data > 0);

        using KqueueProbe whole = new(new SimulatedKqueue(SimulatedKernel.FreeBSD()));
        whole.Change(whole.Handle, Kevents.Write, Kevents.Add, filterFlags: Kevents.LowWater, data: int.MaxValue);
        Assert.Empty(whole.Poll());
    }

    private static void Receive(KqueueProbe probe, int count) => Assert.Equal(count, probe.Near.Receive(new byte[count]));

    /// <summary>Sends until neither side has room.</summary>
    private static void Fill(Socket socket)
    {
        do
        {
            while (socket.Send(new byte[64 * 1024], SocketFlags.None, out SocketError error) > 0 && error == SocketError.Success)
            {
            }
        }
        while (socket.Poll(10_000, SelectMode.SelectWrite));
    }

    /// <summary>Takes what is there, until the other side has room.</summary>
    private static void Empty(Socket socket)
    {
        byte[] bytes = new byte[1024 * 1024];
        while (socket.Poll(10_000, SelectMode.SelectRead))
        {
            Assert.True(socket.Receive(bytes) > 0);
        }
    }
}
