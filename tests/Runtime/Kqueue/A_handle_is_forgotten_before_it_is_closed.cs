using System.Net.Sockets;
using QContinuum.Loops;
using QContinuum.Runtime.Tests.Support.Kqueue;

namespace QContinuum.Runtime.Tests.Kqueue;

public sealed class A_handle_is_forgotten_before_it_is_closed
{
    public static TheoryData<string> OfAll => Machines.All;

    /// <summary>The number is given again at once; what is told of it has the key of the new one alone.</summary>
    [Theory, MemberData(nameof(OfAll))]
    public void And_who_gets_its_number_has_its_own_key(string machine)
    {
        using PollerProbe probe = new(machine);
        using Socket listener = KqueueProbe.Listen();
        listener.Blocking = false;
        for (uint i = 0; i < 50; i++)
        {
            ulong key = ((ulong)i + 2) << 32;
            using Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            client.Connect(listener.LocalEndPoint!);
            nint accepted = probe.Poller.Accept(listener.Handle, out SocketPeerAddress address);
            Assert.True(accepted >= 0);
            Assert.Equal(client.LocalEndPoint, address.ToEndPoint());
            probe.Poller.Add(accepted, key, Readiness.Readable | Readiness.Writable);
            client.Send([1]);
            probe.Await(Readiness.Readable | Readiness.Writable, key);

            probe.Poller.Close(accepted, reset: i % 2 == 0);
            Assert.Equal(0, probe.Poller.Wait(0));
        }
    }

    /// <summary>Nothing is there any more that could be deleted: that is no fault.</summary>
    [Theory, MemberData(nameof(OfAll))]
    public void And_may_be_removed_twice(string machine)
    {
        using PollerProbe probe = new(machine);
        probe.Add(Readiness.Readable);
        probe.Poller.Remove(probe.Handle);
        probe.Poller.Remove(probe.Handle);
    }

    [Theory, MemberData(nameof(OfAll))]
    public void But_what_is_none_cannot_be_watched(string machine)
    {
        using PollerProbe probe = new(machine);
        Assert.Throws<System.ComponentModel.Win32Exception>(() => probe.Poller.Add(int.MaxValue, PollerProbe.Key, Readiness.Readable));
    }
}
