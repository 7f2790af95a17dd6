using System.Net.Sockets;
using QContinuum.Loops;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Kqueue;

namespace QContinuum.Runtime.Tests.Kqueue;

public sealed class A_loop_on_kqueue_is_woken
{
    public static TheoryData<string> OfAll => Machines.All;

    /// <summary>The wait has begun by then, or begins afterwards: it ends either way.</summary>
    [Theory, MemberData(nameof(OfAll))]
    public async Task From_another_thread_without_an_event(string machine)
    {
        using PollerProbe probe = new(machine);
        for (int i = 0; i < 100; i++)
        {
            Task<int> waiting = OwnThread.RunAsync(() => probe.Poller.Wait(-1));
            probe.Poller.Wake();
            Assert.Equal(0, await waiting.Guarded());
        }
    }

    /// <summary>After one wait nothing is left of them: the next is ended by what happens, and by nothing else.</summary>
    [Theory, MemberData(nameof(OfAll))]
    public async Task Once_by_many(string machine)
    {
        using PollerProbe probe = new(machine);
        for (int i = 0; i < 10; i++)
        {
            probe.Poller.Wake();
        }

        Assert.Equal(0, probe.Poller.Wait(-1));
        Task<int> waiting = OwnThread.RunAsync(() => probe.Poller.Wait(-1));
        probe.Add(Readiness.Writable);
        Assert.Equal(1, await waiting.Guarded());
    }

    [Theory, MemberData(nameof(OfAll))]
    public void Beside_what_is_ready(string machine)
    {
        using PollerProbe probe = new(machine);
        probe.Add(Readiness.Writable);
        probe.Poller.Wake();

        Assert.Equal(Readiness.Writable, probe.Next());
        Assert.Equal(Readiness.Writable, probe.Next());
    }

    [Theory, MemberData(nameof(OfAll))]
    public void By_a_time_out(string machine)
    {
        using PollerProbe probe = new(machine);
        Assert.Equal(0, probe.Poller.Wait(0));
        Assert.Equal(0, probe.Poller.Wait(1));
    }

    [OnLinux]
    public void By_a_signal_without_an_event()
    {
        SimulatedKernel kernel = SimulatedKernel.MacOS();
        using PollerProbe probe = new(new KqueuePoller<SimulatedKqueue>(new SimulatedKqueue(kernel)));
        kernel.Interrupt();
        Assert.Equal(0, probe.Poller.Wait(-1));
    }

    /// <summary>More than are told at once: none is kept back for ever.</summary>
    [Theory, MemberData(nameof(OfAll))]
    public void By_each_of_very_many(string machine)
    {
        const int Many = 300;
        using PollerProbe probe = new(machine);
        List<(Socket Near, Socket Far)> connections = [];
        try
        {
            for (int i = 0; i < Many; i++)
            {
                connections.Add(KqueueProbe.Connect());
                probe.Poller.Add(connections[i].Near.Handle, (1ul << 32) + (uint)i, Readiness.Writable);
            }

            HashSet<ulong> told = [];
            for (int round = 0; round < 2; round++)
            {
                int count = probe.Poller.Wait(-1);
                for (int i = 0; i < count; i++)
                {
                    probe.Poller.Event(i, out ulong key);
                    told.Add(key);
                }
            }

            Assert.Equal(Many, told.Count);
        }
        finally
        {
            connections.ForEach(static connection =>
            {
                connection.Near.Dispose();
                connection.Far.Dispose();
            });
        }
    }
}
