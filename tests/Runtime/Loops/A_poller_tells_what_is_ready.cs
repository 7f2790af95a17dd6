using System.Net.Sockets;
using QContinuum.Loops;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Loops;

public sealed class A_poller_tells_what_is_ready
{
    [Theory, EachPoller]
    public void Bytes_that_were_not_received_are_told_of_again(string poller)
    {
        using PollerUnderTest test = PollerUnderTest.Open(poller);
        (nint handle, Socket other) = test.Accept();
        ulong key = test.NewKey();
        test.Poller.Add(handle, key, Readiness.Readable);
        other.Send([1, 2, 3]);

        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(Readiness.Readable, test.Await(key, Readiness.Readable));
        }

        byte[] bytes = new byte[2];
        Assert.Equal(2, test.Receive(handle, bytes));
        Assert.Equal([1, 2], bytes);
        test.Await(key, Readiness.Readable);
        Assert.Equal(1, test.Receive(handle, bytes));
        Assert.Equal(3, bytes[0]);
        Assert.DoesNotContain(key, test.Wait(0).Keys);
    }

    [Theory, EachPoller]
    public void What_comes_later_is_told_of_as_well(string poller)
    {
        using PollerUnderTest test = PollerUnderTest.Open(poller);
        (nint handle, Socket other) = test.Accept();
        ulong key = test.NewKey();
        test.Poller.Add(handle, key, Readiness.Readable);
        byte[] bytes = new byte[10];
        for (int i = 0; i < 100; i++)
        {
            other.Send([(byte)i]);
            test.Await(key, Readiness.Readable);
            Assert.Equal(1, test.Receive(handle, bytes));
            Assert.Equal(i, bytes[0]);
        }
    }

    [Theory, EachPoller]
    public void Bytes_that_came_before_it_was_watched_are_told_of(string poller)
    {
        using PollerUnderTest test = PollerUnderTest.Open(poller);
        (nint handle, Socket other) = test.Accept();
        other.Send([1]);
        ulong key = test.NewKey();
        test.Poller.Add(handle, key, Readiness.Readable);

        test.Await(key, Readiness.Readable);
    }

    [Theory, EachPoller]
    public void Room_is_told_of_as_long_as_it_is_asked_for(string poller)
    {
        using PollerUnderTest test = PollerUnderTest.Open(poller);
        (nint handle, _) = test.Accept();
        ulong key = test.NewKey();
        test.Poller.Add(handle, key, Readiness.Readable | Readiness.Writable);

        Assert.Equal(Readiness.Writable, test.Await(key, Readiness.Writable));
        Assert.Equal(Readiness.Writable, test.Await(key, Readiness.Writable));
        test.Poller.Modify(handle, key, Readiness.Readable);
        Assert.DoesNotContain(key, test.Wait(0).Keys);
    }

    [Theory, EachPoller]
    public void What_nobody_asks_for_is_not_told_of(string poller)
    {
        using PollerUnderTest test = PollerUnderTest.Open(poller);
        (nint handle, Socket other) = test.Accept();
        (nint neighbour, Socket otherNeighbour) = test.Accept();
        ulong key = test.NewKey();
        ulong neighbourKey = test.NewKey();
        test.Poller.Add(handle, key, Readiness.Readable);
        test.Poller.Add(neighbour, neighbourKey, Readiness.Readable);
        other.Send([1]);
        test.Await(key, Readiness.Readable);

        test.Poller.Modify(handle, key, Readiness.None);
        Assert.DoesNotContain(key, test.WaitPast(otherNeighbour, neighbourKey).Keys);

        test.Poller.Modify(handle, key, Readiness.Readable);
        test.Await(key, Readiness.Readable);
    }

    /// <summary>The wait for it was under way when it was no longer asked for.</summary>
    [Theory, EachPoller]
    public void What_comes_while_nobody_asks_is_told_when_somebody_does(string poller)
    {
        using PollerUnderTest test = PollerUnderTest.Open(poller);
        (nint handle, Socket other) = test.Accept();
        (nint neighbour, Socket otherNeighbour) = test.Accept();
        ulong key = test.NewKey();
        ulong neighbourKey = test.NewKey();
        test.Poller.Add(handle, key, Readiness.Readable);
        test.Poller.Add(neighbour, neighbourKey, Readiness.Readable);
        Assert.Empty(test.Wait(0));

        test.Poller.Modify(handle, key, Readiness.None);
        other.Send([1]);
        Assert.DoesNotContain(key, test.WaitPast(otherNeighbour, neighbourKey).Keys);

        test.Poller.Modify(handle, key, Readiness.Readable);
        test.Await(key, Readiness.Readable);
    }

    [Theory, EachPoller]
    public void What_is_not_watched_is_not_told_of_until_it_is_again(string poller)
    {
        using PollerUnderTest test = PollerUnderTest.Open(poller);
        (nint handle, Socket other) = test.Accept();
        (nint neighbour, Socket otherNeighbour) = test.Accept();
        ulong key = test.NewKey();
        ulong neighbourKey = test.NewKey();
        test.Poller.Add(handle, key, Readiness.Readable);
        test.Poller.Add(neighbour, neighbourKey, Readiness.Readable);
        Assert.Empty(test.Wait(0));

        test.Poller.Remove(handle);
        other.Send([1]);
        other.Shutdown(SocketShutdown.Send);
        Assert.DoesNotContain(key, test.WaitPast(otherNeighbour, neighbourKey).Keys);

        ulong later = test.NewKey();
        test.Poller.Add(handle, later, Readiness.Readable);
        test.Await(later, Readiness.Readable);
    }

    /// <summary>Whatever the operating system does with its descriptor meanwhile.</summary>
    [Theory, EachPoller]
    public void The_key_of_what_was_closed_never_comes_again(string poller)
    {
        using PollerUnderTest test = PollerUnderTest.Open(poller);
        HashSet<ulong> closed = [];
        for (int i = 0; i < 50; i++)
        {
            (nint handle, Socket other) = test.Accept();
            ulong key = test.NewKey();
            test.Poller.Add(handle, key, Readiness.Readable);
            other.Send([1]);
            if (i % 2 == 0)
            {
                test.Await(key, Readiness.Readable);
            }

            test.Close(handle, reset: i % 3 == 0);
            closed.Add(key);
            Assert.DoesNotContain(test.Wait(0).Keys, closed.Contains);
        }
    }

    [Theory, EachPoller]
    public void All_that_is_ready_is_told_of(string poller)
    {
        using PollerUnderTest test = PollerUnderTest.Open(poller);
        HashSet<ulong> awaited = [];
        List<Socket> others = [];
        for (int i = 0; i < 100; i++)
        {
            (nint handle, Socket other) = test.Accept();
            ulong key = test.NewKey();
            test.Poller.Add(handle, key, Readiness.Readable);
            awaited.Add(key);
            others.Add(other);
        }

        Assert.DoesNotContain(test.Wait(0).Keys, awaited.Contains);
        others.ForEach(static other => other.Send([1]));

        foreach (ulong key in awaited)
        {
            test.Await(key, Readiness.Readable);
        }
    }
}
