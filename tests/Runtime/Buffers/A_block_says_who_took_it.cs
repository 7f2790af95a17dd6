#if DEBUG
using System.Runtime.CompilerServices;
using QContinuum.Buffers;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Buffers;

public sealed class A_block_says_who_took_it
{
    [Fact]
    public void When_it_is_released_twice() => OwnThread.Run(() =>
    {
        Block block = Take(out string place);
        block.Release();

        Assert.Contains(place, Assert.Throws<InvalidOperationException>(block.Release).Message, StringComparison.Ordinal);
    });

    /// <summary>Two threads may both believe to be the last holder: one of them is told, and the pool gets the block once.</summary>
    [Fact]
    public void When_it_is_released_by_two_at_once() => OwnThread.Run(() =>
    {
        BlockPool pool = BlockPool.OfThread;
        Block[] blocks = [.. Enumerable.Range(0, 5_000).Select(_ => pool.Take(1))];
        int arrived = 0;
        int told = 0;
        void ReleaseAll()
        {
            for (int i = 0; i < blocks.Length; i++)
            {
                // In step, so that both are at the same block.
                Interlocked.Increment(ref arrived);
                var spinner = default(SpinWait);
                while (Volatile.Read(ref arrived) < 2 * (i + 1))
                {
                    spinner.SpinOnce(sleep1Threshold: -1);
                }

                if (Record.Exception(blocks[i].Release) is InvalidOperationException)
                {
                    Interlocked.Increment(ref told);
                }
            }
        }

        Thread other = new(ReleaseAll);
        other.Start();
        ReleaseAll();
        other.Join();

        Assert.Equal(blocks.Length, told);
        Assert.Equal(0, pool.Outstanding);
    });

    [Fact]
    public void When_it_is_read_after_its_release() => OwnThread.Run(() =>
    {
        Block block = Take(out string place);
        block.FreeSpan(4).Fill(7);
        block.End = 4;
        ReadOnlyMemory<byte> kept = block.Memory(0, 4);
        block.Release();

        Assert.Contains(place, Assert.Throws<InvalidOperationException>(() => block.Memory(0, 4)).Message, StringComparison.Ordinal);
        Assert.Contains(place, Assert.Throws<InvalidOperationException>(() => block.FreeSpan(1).Length).Message, StringComparison.Ordinal);
        Assert.Contains(place, Assert.Throws<InvalidOperationException>(block.Retain).Message, StringComparison.Ordinal);
        Assert.DoesNotContain((byte)7, kept.ToArray());
    });

    /// <summary>Who still had the address and wrote there is found out by the next one who takes the block.</summary>
    [Fact]
    public void When_it_was_written_to_after_its_release() => OwnThread.Run(() =>
    {
        Block block = Take(out string place);
        Span<byte> kept = block.FreeSpan(100);
        block.Release();
        kept[99] = 1;

        var exception = Assert.Throws<InvalidOperationException>(() => BlockPool.OfThread.Take(100));

        Assert.Contains(place, exception.Message, StringComparison.Ordinal);
    });

    [Fact]
    public void While_it_is_not_released() => OwnThread.Run(() =>
    {
        BlockPool pool = BlockPool.OfThread;
        Assert.Empty(BlockPool.DescribeOutstanding(pool));
        Block kept = Take(out string place);
        Block released = pool.Take(2000);
        released.Release();

        string outstanding = Assert.Single(BlockPool.DescribeOutstanding(pool));
        Assert.Contains(place, outstanding, StringComparison.Ordinal);
        Assert.Contains(outstanding, BlockPool.DescribeOutstanding());

        kept.Release();
        Assert.Empty(BlockPool.DescribeOutstanding(pool));
    });

    /// <summary>What shows a block holds it, and is held itself.</summary>
    [Fact]
    public void And_so_does_a_view_of_it() => OwnThread.Run(() =>
    {
        BlockPool pool = BlockPool.OfThread;
        Block shared = Take(out string place);
        shared.FreeSpan(4).Fill(7);
        shared.End = 4;
        Block view = pool.TakeView(shared);
        shared.Release();

        Assert.Equal([7, 7, 7, 7], view.Memory(0, 4).ToArray());
        IReadOnlyList<string> outstanding = BlockPool.DescribeOutstanding(pool);
        Assert.Equal(2, outstanding.Count);
        Assert.Contains(outstanding, description => description.Contains(place, StringComparison.Ordinal));
        Assert.Contains(outstanding, static description => description.Contains(nameof(And_so_does_a_view_of_it), StringComparison.Ordinal));

        view.Release();
        Assert.Empty(BlockPool.DescribeOutstanding(pool));
        Assert.Contains(nameof(And_so_does_a_view_of_it), Assert.Throws<InvalidOperationException>(view.Release).Message, StringComparison.Ordinal);
    });

    /// <summary>A block that nobody refers to any more is memory to the garbage collector, and a leak all the same.</summary>
    [Fact]
    public void When_it_was_lost()
    {
        BlockPool pool = null!;
        string place = "";
        OwnThread.Run(() =>
        {
            pool = BlockPool.OfThread;
            Take(out place);
        });
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.Contains(place, Assert.Single(BlockPool.DescribeOutstanding(pool)), StringComparison.Ordinal);

        Assert.Single(BlockLedger.HeldOf(pool)).Release();
        Assert.Empty(BlockPool.DescribeOutstanding(pool));
    }

    [Fact]
    public void With_all_the_calls_that_led_there_where_that_is_wanted() => OwnThread.Run(() =>
    {
        bool before = BlockLedger.IsTracing;
        BlockLedger.IsTracing = true;
        try
        {
            Block block = Take(out _);
            block.Release();
            string message = Assert.Throws<InvalidOperationException>(block.Release).Message;

            string caller = nameof(With_all_the_calls_that_led_there_where_that_is_wanted);
            int released = message.IndexOf("and released by", StringComparison.Ordinal);
            Assert.Contains(caller, message[..released], StringComparison.Ordinal);
            Assert.Contains(caller, message[released..], StringComparison.Ordinal);
        }
        finally
        {
            BlockLedger.IsTracing = before;
        }
    });

    private static Block Take(out string place, [CallerFilePath] string file = "")
    {
        Block block = BlockPool.OfThread.Take(100);
        place = $"{nameof(Take)} ({Path.GetFileName(file)}:{Line() - 1})";
        return block;
    }

    private static int Line([CallerLineNumber] int line = 0) => line;
}
#endif
