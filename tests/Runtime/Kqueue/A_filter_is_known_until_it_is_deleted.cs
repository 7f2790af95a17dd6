using System.Net.Sockets;
using System.Runtime.InteropServices;
using QContinuum.Loops;
using QContinuum.Runtime.Tests.Support.Kqueue;

namespace QContinuum.Runtime.Tests.Kqueue;

/// <summary>What kqueue(2) says of changes, and what the simulated one must therefore do.</summary>
public sealed class A_filter_is_known_until_it_is_deleted
{
    public static TheoryData<string> OfAll => Machines.All;

    [Theory, MemberData(nameof(OfAll))]
    public void Adding_it_again_changes_it_and_makes_no_second_one(string machine)
    {
        using KqueueProbe probe = KqueueProbe.On(machine);
        probe.Far.Send([1]);
        Assert.Equal(0, probe.Change(probe.Handle, Kevents.Read, Kevents.Add, userData: 1));
        Assert.Equal(0, probe.Change(probe.Handle, Kevents.Read, Kevents.Add, userData: 2));

        Assert.Equal(2ul, probe.AwaitOne().UserData);
    }

    [Theory, MemberData(nameof(OfAll))]
    public void Each_direction_has_its_own(string machine)
    {
        using KqueueProbe probe = KqueueProbe.On(machine);
        probe.Far.Send([1]);
        probe.Change(probe.Handle, Kevents.Read, Kevents.Add, userData: 1);
        Assert.Equal(Kevents.Read, probe.AwaitOne().Filter);

        probe.Change(probe.Handle, Kevents.Write, Kevents.Add, userData: 2);
        Assert.Equal(
            [(Kevents.Write, 2ul), (Kevents.Read, 1ul)],
            probe.Await().Select(static told => (told.Filter, told.UserData)).OrderBy(static told => told.Filter));

        probe.Change(probe.Handle, Kevents.Read, Kevents.Delete);
        Assert.Equal(Kevents.Write, probe.AwaitOne().Filter);
    }

    [Theory, MemberData(nameof(OfAll))]
    public void What_is_not_there_is_no_entry(string machine)
    {
        using KqueueProbe probe = KqueueProbe.On(machine);
        Assert.Equal(Kevents.NoEntry, probe.Change(probe.Handle, Kevents.Read, Kevents.Delete));
        Assert.Equal(Kevents.NoEntry, probe.Change(probe.Handle, Kevents.Read, Kevents.Enable));
        Assert.Equal(Kevents.NoEntry, probe.Change(7, probe.Kqueue.UserFilter, 0, filterFlags: Kevents.Trigger));

        probe.Change(probe.Handle, Kevents.Read, Kevents.Add);
        Assert.Equal(0, probe.Change(probe.Handle, Kevents.Read, Kevents.Delete));
        Assert.Equal(Kevents.NoEntry, probe.Change(probe.Handle, Kevents.Read, Kevents.Delete));
        Assert.Empty(probe.Poll());
    }

    [Theory, MemberData(nameof(OfAll))]
    public void A_descriptor_that_is_none_and_a_filter_that_is_none_are_refused(string machine)
    {
        using KqueueProbe probe = KqueueProbe.On(machine);
        Assert.Equal(Kevents.BadDescriptor, probe.Change(int.MaxValue, Kevents.Read, Kevents.Add));
        Assert.Equal(Kevents.Invalid, probe.Change(probe.Handle, -99, Kevents.Add));

        Assert.Equal(-1, ControlNothing(probe.Kqueue, int.MaxValue));
        Assert.Equal(Kevents.BadDescriptor, Marshal.GetLastPInvokeError());
    }

    /// <summary>Though a duplicate keeps the connection alive, and the number may be somebody else's by then.</summary>
    [Theory, MemberData(nameof(OfAll))]
    public void It_goes_with_its_descriptor(string machine)
    {
        using KqueueProbe probe = KqueueProbe.On(machine);
        probe.Change(probe.Handle, Kevents.Read, Kevents.Add, userData: 1);
        nuint number = probe.Handle;
        using Socket duplicate = Duplicate(probe.Near);
        probe.Near.Dispose();
        probe.Far.Send([1]);
        Assert.True(duplicate.Poll(-1, SelectMode.SelectRead));

        Assert.Empty(probe.Poll());
        Assert.NotEqual(0, probe.Change(number, Kevents.Read, Kevents.Delete));
    }

    private static unsafe int ControlNothing(IKqueue kqueue, int queue) => kqueue.Control(queue, null, 0, null, 0, null);

    /// <summary>Another descriptor of the same connection.</summary>
    private static Socket Duplicate(Socket socket)
    {
        int descriptor = Duplicate((int)socket.Handle);
        Assert.True(descriptor >= 0);
        return new Socket(new SafeSocketHandle(descriptor, ownsHandle: true));
    }

    [DllImport("libc", EntryPoint = "dup")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Duplicate(int descriptor);
}
