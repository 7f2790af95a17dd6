using System.Runtime.InteropServices;
using QContinuum.Loops;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Kqueue;

namespace QContinuum.Runtime.Tests.Kqueue;

/// <summary>What kqueue(2) says of the user filter and of waiting, and what the simulated one must therefore do.</summary>
public sealed class A_wait_ends_when_something_happens
{
    private const nuint Some = 5;

    public static TheoryData<string> OfAll => Machines.All;

    [Theory, MemberData(nameof(OfAll))]
    public void What_is_triggered_often_is_told_once_and_again_when_triggered_again(string machine)
    {
        using KqueueProbe probe = KqueueProbe.On(machine);
        probe.Change(Some, probe.Kqueue.UserFilter, Kevents.Add | Kevents.Clear, userData: 9);
        Assert.Empty(probe.Poll());
        for (int i = 0; i < 3; i++)
        {
            Trigger(probe);
            Trigger(probe);
            Assert.Equal((Some, 9ul), probe.AwaitOne() is var told ? (told.Identifier, told.UserData) : default);
            Assert.Empty(probe.Poll());
        }
    }

    [Theory, MemberData(nameof(OfAll))]
    public void Without_clear_it_stays_triggered(string machine)
    {
        using KqueueProbe probe = KqueueProbe.On(machine);
        probe.Change(Some, probe.Kqueue.UserFilter, Kevents.Add);
        Trigger(probe);
        probe.AwaitOne();
        probe.AwaitOne();
    }

    [Theory, MemberData(nameof(OfAll))]
    public void It_carries_flags_of_whoever_uses_it(string machine)
    {
        using KqueueProbe probe = KqueueProbe.On(machine);
        short filter = probe.Kqueue.UserFilter;
        probe.Change(Some, filter, Kevents.Add | Kevents.Clear, filterFlags: Kevents.FlagsCopy | 0x6);
        probe.Change(Some, filter, 0, filterFlags: Kevents.FlagsOr | 0x1);
        probe.Change(Some, filter, 0, filterFlags: Kevents.FlagsAnd | 0x3);
        probe.Change(Some, filter, 0, filterFlags: Kevents.Trigger, data: 4);

        Assert.Equal((3u, 4), probe.AwaitOne() is var told ? (told.FilterFlags, (int)told.Data) : default);
    }

    /// <summary>Whether it has begun by then or not.</summary>
    [Theory, MemberData(nameof(OfAll))]
    public async Task Another_thread_ends_a_wait_without_end(string machine)
    {
        using KqueueProbe probe = KqueueProbe.On(machine);
        probe.Change(Some, probe.Kqueue.UserFilter, Kevents.Add | Kevents.Clear);
        for (int i = 0; i < 100; i++)
        {
            Task<int> waiting = OwnThread.RunAsync(() => probe.Control([], 1, null, out _));
            Trigger(probe);
            Assert.Equal(1, await waiting.Guarded());
        }
    }

    /// <summary>Whether it has begun by then or not.</summary>
    [Theory, MemberData(nameof(OfAll))]
    public async Task A_change_of_another_thread_ends_it_too(string machine)
    {
        using KqueueProbe probe = KqueueProbe.On(machine);
        Task<int> waiting = OwnThread.RunAsync(() => probe.Control([], 1, null, out _));
        probe.Change(probe.Handle, Kevents.Write, Kevents.Add);
        Assert.Equal(1, await waiting.Guarded());
    }

    [Theory, MemberData(nameof(OfAll))]
    public void A_time_out_is_no_event_and_what_asks_for_none_does_not_wait(string machine)
    {
        using KqueueProbe probe = KqueueProbe.On(machine);
        Assert.Equal(0, probe.Control([], 1, default(KernelTime), out _));
        Assert.Equal(0, probe.Control([], 1, new KernelTime { Nanoseconds = 1 }, out _));
        Assert.Equal(0, probe.Control([], 0, null, out _));
        Assert.Equal(-1, probe.Control([], 1, new KernelTime { Nanoseconds = 1_000_000_000 }, out _));
        Assert.Equal(Kevents.Invalid, Marshal.GetLastPInvokeError());
    }

    [OnLinux]
    public void A_signal_interrupts_it_once_after_what_happened_was_told()
    {
        SimulatedKernel kernel = SimulatedKernel.FreeBSD();
        using KqueueProbe probe = new(new SimulatedKqueue(kernel));
        probe.Change(probe.Handle, Kevents.Write, Kevents.Add | Kevents.OneShot);
        kernel.Interrupt();
        probe.AwaitOne();

        Assert.Equal(-1, probe.Control([], 1, null, out _));
        Assert.Equal(Kevents.Interrupted, Marshal.GetLastPInvokeError());
        Assert.Equal(0, probe.Control([], 1, default(KernelTime), out _));
    }

    private static void Trigger(KqueueProbe probe)
        => Assert.Equal(0, probe.Change(Some, probe.Kqueue.UserFilter, 0, userData: 9, filterFlags: Kevents.Trigger));
}
