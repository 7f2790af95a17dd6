using System.Net.Sockets;
using System.Runtime.InteropServices;
using QContinuum.Loops;
using QContinuum.Runtime.Tests.Support.Kqueue;

namespace QContinuum.Runtime.Tests.Kqueue;

/// <summary>What kqueue(2) says of the flags of a change, and what the simulated one must therefore do.</summary>
public sealed class A_filter_is_told_as_its_flags_say
{
    public static TheoryData<string> OfAll => Machines.All;

    [Theory, MemberData(nameof(OfAll))]
    public void Clear_tells_each_thing_once(string machine)
    {
        using KqueueProbe probe = KqueueProbe.On(machine);
        probe.Change(probe.Handle, Kevents.Read, Kevents.Add | Kevents.Clear);
        probe.Far.Send([1]);
        KernelEvent told = probe.AwaitOne();
        Assert.Equal((Kevents.Clear, 1), (told.Flags & Kevents.Clear, told.Data));
        Assert.Empty(probe.Poll());

        probe.Far.Send([2]);
        Assert.Equal(2, probe.AwaitOne().Data);
        Assert.Empty(probe.Poll());

        probe.Far.Shutdown(SocketShutdown.Send);
        Assert.Equal(Kevents.End, probe.AwaitOne().Flags & Kevents.End);
        Assert.Empty(probe.Poll());
    }

    /// <summary>It is a property of the filter: adding it again brings what is so now, once, but does not change what it is.</summary>
    [Theory, MemberData(nameof(OfAll))]
    public void Clear_stays_when_it_is_added_again_without(string machine)
    {
        using KqueueProbe probe = KqueueProbe.On(machine);
        probe.Far.Send([1]);
        probe.Change(probe.Handle, Kevents.Read, Kevents.Add | Kevents.Clear);
        probe.AwaitOne();

        probe.Change(probe.Handle, Kevents.Read, Kevents.Add);
        probe.AwaitOne();
        Assert.Empty(probe.Poll());
    }

    [Theory, MemberData(nameof(OfAll))]
    public void One_shot_deletes_what_was_told(string machine)
    {
        using KqueueProbe probe = KqueueProbe.On(machine);
        probe.Change(probe.Handle, Kevents.Write, Kevents.Add | Kevents.OneShot);
        probe.AwaitOne();

        Assert.Empty(probe.Poll());
        Assert.Equal(Kevents.NoEntry, probe.Change(probe.Handle, Kevents.Write, Kevents.Delete));
    }

    [Theory, MemberData(nameof(OfAll))]
    public void Dispatch_disables_what_was_told(string machine)
    {
        using KqueueProbe probe = KqueueProbe.On(machine);
        probe.Change(probe.Handle, Kevents.Write, Kevents.Add | Kevents.Dispatch);
        probe.AwaitOne();
        Assert.Empty(probe.Poll());

        Assert.Equal(0, probe.Change(probe.Handle, Kevents.Write, Kevents.Enable));
        probe.AwaitOne();
    }

    [Theory, MemberData(nameof(OfAll))]
    public void Disable_keeps_what_happens_for_enable(string machine)
    {
        using KqueueProbe probe = KqueueProbe.On(machine);
        probe.Change(probe.Handle, Kevents.Read, Kevents.Add | Kevents.Clear | Kevents.Disable);
        probe.Far.Send([1]);
        Assert.True(probe.Near.Poll(-1, SelectMode.SelectRead));
        Assert.Empty(probe.Poll());

        probe.Change(probe.Handle, Kevents.Read, Kevents.Enable);
        Assert.Equal(1, probe.AwaitOne().Data);
        Assert.Empty(probe.Poll());
    }

    [Theory, MemberData(nameof(OfAll))]
    public void Add_enables(string machine)
    {
        using KqueueProbe probe = KqueueProbe.On(machine);
        probe.Change(probe.Handle, Kevents.Write, Kevents.Add | Kevents.Disable);
        Assert.Empty(probe.Poll());

        probe.Change(probe.Handle, Kevents.Write, Kevents.Add);
        probe.AwaitOne();
    }

    /// <summary>Nothing that happened is told with the receipts, so that there is room for them.</summary>
    [Theory, MemberData(nameof(OfAll))]
    public void Receipt_answers_each_change_in_its_order_and_nothing_else(string machine)
    {
        using KqueueProbe probe = KqueueProbe.On(machine);
        int count = probe.Control(
            [
                KqueueProbe.Event(probe.Handle, Kevents.Write, Kevents.Add | Kevents.Receipt, 7),
                KqueueProbe.Event(probe.Handle, Kevents.Read, Kevents.Delete | Kevents.Receipt),
            ],
            2,
            default(KernelTime),
            out KernelEvent[] answers);

        Assert.Equal(2, count);
        Assert.All(answers, static answer => Assert.Equal(Kevents.Error, answer.Flags & Kevents.Error));
        Assert.Equal([(Kevents.Write, 0), (Kevents.Read, Kevents.NoEntry)], answers.Select(static answer => (answer.Filter, (int)answer.Data)));
        Assert.Equal(7ul, probe.AwaitOne().UserData);
    }

    /// <summary>Without room for it the call fails, and what comes after it is not done.</summary>
    [Theory, MemberData(nameof(OfAll))]
    public void An_error_is_an_event_where_there_is_room(string machine)
    {
        using KqueueProbe probe = KqueueProbe.On(machine);
        KernelEvent[] changes =
        [
            KqueueProbe.Event(int.MaxValue, Kevents.Read, Kevents.Add),
            KqueueProbe.Event(probe.Handle, Kevents.Write, Kevents.Add),
        ];
        Assert.Equal(-1, probe.Control(changes, 0, default(KernelTime), out _));
        Assert.Equal(Kevents.BadDescriptor, Marshal.GetLastPInvokeError());
        Assert.Empty(probe.Poll());

        Assert.Equal(1, probe.Control(changes, 1, default(KernelTime), out KernelEvent[] events));
        Assert.Equal((Kevents.Error, Kevents.BadDescriptor), (events[0].Flags & Kevents.Error, (int)events[0].Data));
        Assert.Equal(Kevents.Write, probe.AwaitOne().Filter);
    }
}
