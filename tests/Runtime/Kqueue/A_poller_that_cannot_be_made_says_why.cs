using System.ComponentModel;
using QContinuum.Loops;
using QContinuum.Runtime.Tests.Support.Kqueue;

namespace QContinuum.Runtime.Tests.Kqueue;

public sealed class A_poller_that_cannot_be_made_says_why
{
    private const int TooManyOpen = 24;
    private const int NoMemory = 12;

    [Fact]
    public void Without_a_queue()
    {
        Broken machine = new() { CreateError = TooManyOpen };
        Win32Exception exception = Assert.Throws<Win32Exception>(() => new KqueuePoller<BrokenKqueue>(new BrokenKqueue(machine)));
        Assert.Equal(TooManyOpen, exception.NativeErrorCode);
        Assert.Equal(0, machine.Closed);
    }

    /// <summary>The queue that was there by then is closed.</summary>
    [Fact]
    public void Without_a_filter_that_wakes()
    {
        Broken machine = new() { ControlError = NoMemory };
        Win32Exception exception = Assert.Throws<Win32Exception>(() => new KqueuePoller<BrokenKqueue>(new BrokenKqueue(machine)));
        Assert.Equal(NoMemory, exception.NativeErrorCode);
        Assert.Equal(1, machine.Closed);
    }

    /// <summary>Anything but an interruption.</summary>
    [Fact]
    public void And_one_that_cannot_wait_any_more_too()
    {
        Broken machine = new();
        using KqueuePoller<BrokenKqueue> poller = new(new BrokenKqueue(machine));
        machine.ControlError = Kevents.Interrupted;
        Assert.Equal(0, poller.Wait(-1));
        machine.ControlError = Kevents.BadDescriptor;
        Assert.Equal(Kevents.BadDescriptor, Assert.Throws<Win32Exception>(() => poller.Wait(-1)).NativeErrorCode);
    }

    /// <summary>What fails, and how; 0 is not at all.</summary>
    private sealed class Broken
    {
        public int CreateError { get; init; }

        public int ControlError { get; set; }

        public int Closed { get; set; }
    }

    private readonly unsafe struct BrokenKqueue(Broken machine) : IKqueue
    {
        public int EventSize => sizeof(KernelEvent);

        public short UserFilter => -10;

        public int Create() => machine.CreateError == 0 ? 1 : SimulatedKernel.Fail(machine.CreateError);

        public int Control(int queue, byte* changes, int changeCount, byte* events, int eventCount, KernelTime* timeout)
            => machine.ControlError == 0 ? 0 : SimulatedKernel.Fail(machine.ControlError);

        public void Close(int queue) => machine.Closed++;
    }
}
