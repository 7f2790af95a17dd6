using System.Net;
using System.Net.Sockets;
using QContinuum.Loops;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Loops;

public sealed class A_poller_makes_connections
{
    [Theory, EachPoller]
    public void Who_is_accepted_has_an_address(string poller)
    {
        using PollerUnderTest test = PollerUnderTest.Open(poller);
        Socket other = test.TcpSocket();
        other.Connect(test.Listener.LocalEndPoint!);
        test.Await(test.ListenerKey, Readiness.Readable);

        test.AcceptWaiting(out SocketPeerAddress address);

        Assert.Equal(other.LocalEndPoint, address.ToEndPoint());
    }

    [Theory, EachPoller]
    public void Nobody_is_accepted_where_nobody_is(string poller)
    {
        using PollerUnderTest test = PollerUnderTest.Open(poller);

        Assert.Equal(-(nint)IoError.WouldBlock, test.Poller.Accept(test.ListenerHandle, out _));
        test.Accept();
        Assert.Equal(-(nint)IoError.WouldBlock, test.Poller.Accept(test.ListenerHandle, out _));
    }

    [Theory, EachPoller]
    public void Who_waits_is_told_of_until_accepted(string poller)
    {
        using PollerUnderTest test = PollerUnderTest.Open(poller);
        List<Socket> others = [];
        for (int i = 0; i < 5; i++)
        {
            others.Add(test.TcpSocket());
            others[i].Connect(test.Listener.LocalEndPoint!);
        }

        HashSet<EndPoint> accepted = [];
        while (accepted.Count < others.Count)
        {
            test.Await(test.ListenerKey, Readiness.Readable);
            test.AcceptWaiting(out SocketPeerAddress address);
            accepted.Add(address.ToEndPoint());
        }

        Assert.Equal(others.Select(static other => other.LocalEndPoint!).ToHashSet(), accepted);
    }

    [Theory, EachPoller]
    public void Who_is_not_watched_is_closed_also_when_the_poller_is_gone(string poller)
    {
        using PollerUnderTest test = PollerUnderTest.Open(poller);
        IPoller gone;
        using (PollerUnderTest ended = PollerUnderTest.Open(poller))
        {
            gone = ended.Poller;
        }

        foreach (bool reset in new[] { true, false })
        {
            (nint handle, Socket other) = test.Accept();
            test.Forget(handle);

            gone.Discard(handle, reset);

            other.ReceiveTimeout = PollerUnderTest.PatienceMilliseconds;
            int received = other.Receive(new byte[1], SocketFlags.None, out SocketError error);
            Assert.Equal((0, reset ? SocketError.ConnectionReset : SocketError.Success), (received, error));
        }
    }

    [Theory, EachPoller]
    public void Who_comes_while_nobody_asks_waits(string poller)
    {
        using PollerUnderTest test = PollerUnderTest.Open(poller);
        (nint neighbour, Socket otherNeighbour) = test.Accept();
        ulong neighbourKey = test.NewKey();
        test.Poller.Add(neighbour, neighbourKey, Readiness.Readable);
        test.Poller.Modify(test.ListenerHandle, test.ListenerKey, Readiness.None);
        Socket other = test.TcpSocket();
        other.Connect(test.Listener.LocalEndPoint!);
        Assert.DoesNotContain(test.ListenerKey, test.WaitPast(otherNeighbour, neighbourKey).Keys);

        test.Poller.Modify(test.ListenerHandle, test.ListenerKey, Readiness.Readable);

        test.Await(test.ListenerKey, Readiness.Readable);
        test.AcceptWaiting(out SocketPeerAddress address);
        Assert.Equal(other.LocalEndPoint, address.ToEndPoint());
    }

    /// <summary>Be it that it was accepted for a poller that does not ask any more, or that it waits in the kernel.</summary>
    [Theory, EachPoller]
    public async Task Who_was_not_asked_for_is_let_go_with_the_listener(string poller)
    {
        RawClient client;
        using (PollerUnderTest test = PollerUnderTest.Open(poller))
        {
            test.Wait(0);
            client = await RawClient.ConnectAsync(test.Listener.LocalEndPoint!);
        }

        Assert.Empty(await client.EndedAsync());
        client.Dispose();
    }

    [Theory, EachPoller]
    public void Who_was_accepted_outlives_the_listener(string poller)
    {
        using PollerUnderTest test = PollerUnderTest.Open(poller);
        (nint handle, Socket other) = test.Accept();

        test.StopListening();

        ulong key = test.NewKey();
        test.Poller.Add(handle, key, Readiness.Readable);
        other.Send([1]);
        test.Await(key, Readiness.Readable);
        Assert.Equal(1, test.Receive(handle, new byte[10]));
        Assert.Equal(1, test.Send(handle, [2]));
    }

    [Theory, EachPoller]
    public void Who_connects_hears_of_it(string poller)
    {
        using PollerUnderTest test = PollerUnderTest.Open(poller);
        nint handle = test.Connect(test.Listener.LocalEndPoint!);
        ulong key = test.NewKey();
        test.Poller.Add(handle, key, Readiness.Writable);
        nint other = test.AcceptWaiting(out _);

        test.Await(key, Readiness.Writable);
        Assert.Equal(SocketError.Success, test.Poller.FinishConnect(handle));

        Assert.Equal(3, test.Send(handle, [1, 2, 3]));
        ulong otherKey = test.NewKey();
        test.Poller.Add(other, otherKey, Readiness.Readable);
        test.Await(otherKey, Readiness.Readable);
        byte[] bytes = new byte[10];
        Assert.Equal(3, test.Receive(other, bytes));
        Assert.Equal(2, test.Send(other, [4, 5]));
        test.Poller.Modify(handle, key, Readiness.Readable);
        Assert.Equal(Readiness.Readable, test.Await(key, Readiness.Readable));
        Assert.Equal(2, test.Receive(handle, bytes));
    }

    [Theory, EachPoller]
    public void Who_is_refused_hears_why(string poller)
    {
        using PollerUnderTest test = PollerUnderTest.Open(poller);
        Socket bound = test.TcpSocket();
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        nint handle = test.Connect(bound.LocalEndPoint!);
        ulong key = test.NewKey();
        test.Poller.Add(handle, key, Readiness.Writable);

        test.Await(key, Readiness.Writable);

        Assert.Equal(SocketError.ConnectionRefused, test.Poller.FinishConnect(handle));
    }

    [Theory, EachPoller]
    public void An_attempt_may_be_given_up(string poller)
    {
        using PollerUnderTest test = PollerUnderTest.Open(poller);
        nint handle = test.Connect(test.Listener.LocalEndPoint!);
        ulong key = test.NewKey();
        test.Poller.Add(handle, key, Readiness.Writable);

        test.Close(handle, reset: true);

        Assert.DoesNotContain(key, test.Wait(0).Keys);
    }
}
