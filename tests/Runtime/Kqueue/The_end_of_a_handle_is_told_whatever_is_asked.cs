using System.Net.Sockets;
using QContinuum.Loops;
using QContinuum.Runtime.Tests.Support.Kqueue;

namespace QContinuum.Runtime.Tests.Kqueue;

public sealed class The_end_of_a_handle_is_told_whatever_is_asked
{
    public static TheoryData<string> OfAll => Machines.All;

    [Theory, MemberData(nameof(OfAll))]
    public void A_reset_to_who_asks_for_nothing(string machine)
    {
        using PollerProbe probe = new(machine);
        probe.Add(Readiness.None);
        Reset(probe.Far);

        probe.Await(Readiness.Failed);
    }

    [Theory, MemberData(nameof(OfAll))]
    public void A_reset_to_who_writes(string machine)
    {
        using PollerProbe probe = new(machine);
        probe.Fill();
        probe.Add(Readiness.Writable);
        Reset(probe.Far);

        probe.Await(Readiness.Failed);
    }

    /// <summary>Who receives is told why.</summary>
    [Theory, MemberData(nameof(OfAll))]
    public unsafe void A_reset_to_who_reads(string machine)
    {
        using PollerProbe probe = new(machine);
        probe.Add(Readiness.Readable);
        Reset(probe.Far);
        probe.Await(Readiness.Readable | Readiness.Failed);

        byte unused;
        Assert.Equal(-(int)IoError.Reset, probe.Poller.Receive(probe.Handle, &unused, 1));
    }

    /// <summary>What the other side sent before is received first, and then nothing.</summary>
    [Theory, MemberData(nameof(OfAll))]
    public unsafe void The_end_of_the_other_side_to_who_reads(string machine)
    {
        using PollerProbe probe = new(machine);
        probe.Add(Readiness.Readable);
        probe.Far.Send([1, 2]);
        probe.Far.Shutdown(SocketShutdown.Send);

        byte* bytes = stackalloc byte[8];
        Assert.Equal(Readiness.Readable, probe.Next());
        Assert.Equal(2, probe.Poller.Receive(probe.Handle, bytes, 8));
        Assert.Equal(Readiness.Readable, probe.Next());
        Assert.Equal(0, probe.Poller.Receive(probe.Handle, bytes, 8));
    }

    /// <summary>It is no end of the whole, and would be told for ever.</summary>
    [Theory, MemberData(nameof(OfAll))]
    public void But_not_that_of_the_other_side_alone_to_who_does_not_read(string machine)
    {
        using PollerProbe probe = new(machine);
        probe.Far.Shutdown(SocketShutdown.Send);
        Assert.True(probe.Near.Poll(-1, SelectMode.SelectRead));
        probe.Add(Readiness.None);
        Assert.Equal(Readiness.None, probe.Now());
        probe.Modify(Readiness.Writable);
        Assert.Equal(Readiness.Writable, probe.Now());
    }

    [Theory, MemberData(nameof(OfAll))]
    public void The_end_of_both_directions_to_who_asks_for_nothing(string machine)
    {
        using PollerProbe probe = new(machine);
        probe.Add(Readiness.None);
        probe.Far.Shutdown(SocketShutdown.Send);
        Assert.True(probe.Near.Poll(-1, SelectMode.SelectRead));
        probe.Poller.ShutdownWrite(probe.Handle);

        probe.Await(Readiness.HungUp);
    }

    /// <summary>A connection that cannot be made has an end of its own, with the error.</summary>
    [Theory, MemberData(nameof(OfAll))]
    public void An_attempt_that_is_refused(string machine)
    {
        using PollerProbe probe = new(machine);
        using Socket listener = KqueueProbe.Listen();
        System.Net.EndPoint nobody = listener.LocalEndPoint!;
        listener.Dispose();
        using Socket client = new(SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        Assert.Throws<SocketException>(() => client.Connect(nobody));
        probe.Poller.Add(client.Handle, 77, Readiness.Writable);

        probe.Await(Readiness.Writable, 77);
        Assert.Equal(SocketError.ConnectionRefused, probe.Poller.FinishConnect(client.Handle));
    }

    [Theory, MemberData(nameof(OfAll))]
    public void An_attempt_that_succeeds(string machine)
    {
        using PollerProbe probe = new(machine);
        using Socket listener = KqueueProbe.Listen();
        using Socket client = new(SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        Assert.Throws<SocketException>(() => client.Connect(listener.LocalEndPoint!));
        probe.Poller.Add(client.Handle, 77, Readiness.Writable);

        probe.Await(Readiness.Writable, 77);
        Assert.Equal(SocketError.Success, probe.Poller.FinishConnect(client.Handle));
    }

    private static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
    }
}
