using System.Net.Sockets;
using QContinuum.Buffers;
using QContinuum.Loops;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Loops;

public sealed class A_poller_moves_bytes
{
    private const int WouldBlock = -(int)IoError.WouldBlock;
    private const int Reset = -(int)IoError.Reset;

    [Theory, EachPoller]
    public void What_is_not_there_would_block(string poller)
    {
        using PollerUnderTest test = PollerUnderTest.Open(poller);
        (nint handle, _) = test.Accept();
        ulong key = test.NewKey();
        test.Poller.Add(handle, key, Readiness.Readable);
        test.Wait(0);

        Assert.Equal(WouldBlock, test.Receive(handle, new byte[10]));
        Assert.Equal(WouldBlock, test.Receive(handle, new byte[10]));
    }

    [Theory, EachPoller]
    public void The_end_comes_after_the_last_byte_and_stays(string poller)
    {
        using PollerUnderTest test = PollerUnderTest.Open(poller);
        (nint handle, Socket other) = test.Accept();
        ulong key = test.NewKey();
        test.Poller.Add(handle, key, Readiness.Readable);
        other.Send([1, 2]);
        other.Shutdown(SocketShutdown.Send);

        byte[] bytes = new byte[10];
        test.Await(key, Readiness.Readable);
        Assert.Equal(2, test.Receive(handle, bytes));
        for (int i = 0; i < 3; i++)
        {
            test.Await(key, Readiness.Readable);
            Assert.Equal(0, test.Receive(handle, bytes));
        }
    }

    [Theory, EachPoller]
    public void A_reset_is_told_to_who_receives(string poller)
    {
        using PollerUnderTest test = PollerUnderTest.Open(poller);
        (nint handle, Socket other) = test.Accept();
        ulong key = test.NewKey();
        test.Poller.Add(handle, key, Readiness.Readable);
        test.Wait(0);

        new RawClient(other).Reset();

        test.Await(key, Readiness.Readable);
        Assert.Equal(Reset, test.Receive(handle, new byte[10]));
    }

    /// <summary>As long as nothing waits to be received: that some pollers see first.</summary>
    [Theory, EachPoller]
    public void A_reset_is_told_to_who_asks_for_nothing(string poller)
    {
        using PollerUnderTest test = PollerUnderTest.Open(poller);
        (nint handle, Socket other) = test.Accept();
        ulong key = test.NewKey();
        test.Poller.Add(handle, key, Readiness.None);
        test.Wait(0);

        new RawClient(other).Reset();

        test.Await(key, Readiness.Failed);
    }

    [Theory, EachPoller]
    public void A_chain_is_sent_in_its_order(string poller)
    {
        using PollerUnderTest test = PollerUnderTest.Open(poller);
        (nint handle, Socket other) = test.Accept();
        byte[] expected = Frames.Pattern(100 * 1000, 1);
        Block? chain = Chain(expected, 1000);
        while (chain is not null)
        {
            chain = Written(chain, test.Poller.Send(handle, chain));
        }

        test.Close(handle, reset: false);
        Assert.Equal(expected, ReceiveToEnd(other));
    }

    /// <summary>The other side takes nothing until there is no room any more, and then everything.</summary>
    [Theory, EachPoller]
    public async Task What_finds_no_room_is_sent_when_there_is_some(string poller)
    {
        using PollerUnderTest test = PollerUnderTest.Open(poller);
        (nint handle, Socket other) = test.Accept(receiveBuffer: 16 * 1024);
        ulong key = test.NewKey();
        test.Poller.Add(handle, key, Readiness.None);
        byte[] expected = Frames.Pattern(16 << 20, 1);
        Block? chain = Chain(expected, 10_000);
        Task<byte[]>? receiving = null;
        while (chain is not null)
        {
            int sent = test.Poller.Send(handle, chain);
            if (sent != WouldBlock)
            {
                chain = Written(chain, sent);
                continue;
            }

            test.Poller.Modify(handle, key, Readiness.Writable);
            if (receiving is null)
            {
                Assert.DoesNotContain(key, test.Wait(0).Keys);
                Assert.Equal(WouldBlock, test.Poller.Send(handle, chain));
                receiving = Task.Run(() => ReceiveToEnd(other));
            }

            test.Await(key, Readiness.Writable);
            test.Poller.Modify(handle, key, Readiness.None);
        }

        test.Close(handle, reset: false);
        Assert.Equal(expected, await receiving!.Guarded());
    }

    [Theory, EachPoller]
    public void What_finds_no_room_any_more_fails_with_a_reset(string poller)
    {
        using PollerUnderTest test = PollerUnderTest.Open(poller);
        (nint handle, Socket other) = test.Accept(receiveBuffer: 16 * 1024);
        ulong key = test.NewKey();
        test.Poller.Add(handle, key, Readiness.None);
        byte[] bytes = new byte[64 * 1024];
        while (test.Send(handle, bytes) != WouldBlock)
        {
        }

        test.Poller.Modify(handle, key, Readiness.Writable);
        new RawClient(other).Reset();

        test.Await(key, Readiness.Failed);
        Assert.Equal(Reset, test.Send(handle, bytes));
    }

    [Theory, EachPoller]
    public void Who_has_sent_all_may_still_receive(string poller)
    {
        using PollerUnderTest test = PollerUnderTest.Open(poller);
        (nint handle, Socket other) = test.Accept();
        ulong key = test.NewKey();
        test.Poller.Add(handle, key, Readiness.Readable);
        test.Wait(0);
        Assert.Equal(1, test.Send(handle, [1]));

        test.Poller.ShutdownWrite(handle);

        Assert.Equal([1], ReceiveToEnd(other));
        other.Send([2]);
        test.Await(key, Readiness.Readable);
        Assert.Equal(1, test.Receive(handle, new byte[10]));
    }

    /// <summary>Also while a receive is under way: the other side gets all, and then the end, and no reset.</summary>
    [Theory, EachPoller]
    public void What_was_sent_before_the_close_arrives(string poller)
    {
        using PollerUnderTest test = PollerUnderTest.Open(poller);
        for (int i = 0; i < 20; i++)
        {
            (nint handle, Socket other) = test.Accept();
            test.Poller.Add(handle, test.NewKey(), Readiness.Readable);
            test.Wait(0);
            byte[] bytes = Frames.Pattern(30_000, i);
            Assert.Equal(bytes.Length, test.Send(handle, bytes));

            test.Close(handle, reset: false);

            Assert.Equal(bytes, ReceiveToEnd(other));
        }
    }

    [Theory, EachPoller]
    public async Task A_close_may_reset(string poller)
    {
        using PollerUnderTest test = PollerUnderTest.Open(poller);
        (nint handle, Socket other) = test.Accept();
        test.Poller.Add(handle, test.NewKey(), Readiness.Readable);
        test.Wait(0);
        Assert.Equal(1, test.Send(handle, [1]));

        test.Close(handle, reset: true);

        SocketException reset = await Assert.ThrowsAsync<SocketException>(() => new RawClient(other).ReceiveToEndAsync());
        Assert.Equal(SocketError.ConnectionReset, reset.SocketErrorCode);
    }

    private static Block? Chain(ReadOnlySpan<byte> bytes, int blockSize)
    {
        Block? first = null;
        for (int end = bytes.Length; end > 0; end -= blockSize)
        {
            ReadOnlySpan<byte> piece = bytes[Math.Max(end - blockSize, 0)..end];
            Block block = BlockPool.OfThread.Take(piece.Length);
            piece.CopyTo(block.FreeSpan(piece.Length));
            block.End = piece.Length;
            block.Next = first;
            first = block;
        }

        return first;
    }

    /// <summary>What is left of a chain.</summary>
    private static Block? Written(Block? chain, int count)
    {
        Assert.True(count > 0, $"a send failed: {(IoError)(-count)}");
        while (chain is not null)
        {
            int taken = Math.Min(chain.Length, count);
            chain.Start += taken;
            count -= taken;
            if (chain.Length > 0)
            {
                return chain;
            }

            Block? next = chain.Next;
            chain.Release();
            chain = next;
        }

        return chain;
    }

    private static byte[] ReceiveToEnd(Socket socket)
    {
        using MemoryStream all = new();
        byte[] buffer = new byte[64 * 1024];
        while (socket.Receive(buffer) is int read and > 0)
        {
            all.Write(buffer, 0, read);
        }

        return all.ToArray();
    }
}
