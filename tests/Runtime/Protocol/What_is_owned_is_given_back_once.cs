using System.Runtime.CompilerServices;
using QContinuum.Buffers;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Protocol;

public sealed class What_is_owned_is_given_back_once
{
    /// <summary>A copy of the same object disposes of the same memory: given back twice, it would be lent to two owners at once.</summary>
    [Fact]
    public void However_often_it_is_disposed_of()
    {
        Owned<Raw> owned = Own(1, 2, 3);
        Owned<Raw> copy = owned;
        Assert.Equal([1, 2, 3], owned.Value.Data.ToArray());
        Assert.Equal([1, 2, 3], copy.Value.Data.ToArray());
        owned.Dispose();
        owned.Dispose();
#if DEBUG
        InvalidOperationException found = Assert.Throws<InvalidOperationException>(copy.Dispose);
        Assert.Contains("Owned<Raw>", found.Message, StringComparison.Ordinal);
#else
        copy.Dispose();
#endif
        owned.Dispose();

        Owned<Raw>[] others = [.. Enumerable.Range(0, 8).Select(static number => Own((byte)number, 2, 3))];
        for (int number = 0; number < others.Length; number++)
        {
            Assert.Equal((byte)number, others[number].Value.Data[0]);
            others[number].Dispose();
        }
    }

    [Fact]
    public void And_is_not_read_afterwards()
    {
        Owned<Raw> owned = Own(1, 2, 3);
        Owned<Raw> copy = owned;
        copy.Dispose();
        ObjectDisposedException ofCopy = Assert.Throws<ObjectDisposedException>(() => _ = copy.Value);
        ObjectDisposedException found = Assert.Throws<ObjectDisposedException>(() => _ = owned.Value);
#if DEBUG
        Assert.Contains("Owned<Raw>", ofCopy.Message, StringComparison.Ordinal);
        Assert.Contains("Owned<Raw>", found.Message, StringComparison.Ordinal);
#else
        Assert.Equal(ofCopy.Message, found.Message);
#endif
        Assert.Throws<ObjectDisposedException>(() => owned.TryReadHeader(out MessageHeader _));
    }

#if DEBUG
    /// <summary>What was kept of it shows nothing of the next message that lies there.</summary>
    [Fact]
    public void Nor_is_a_view_of_it()
    {
        Owned<Raw> owned = Own(1, 2, 3);
        Raw view = owned.Value;
        owned.Dispose();
        Assert.Equal([0xDB, 0xDB, 0xDB], view.Data.ToArray());
    }
#endif

    /// <summary>Nothing is owned: there is nothing to give back, and nothing to read.</summary>
    [Fact]
    public void And_the_default_owns_nothing()
    {
        default(Owned<Raw>).Dispose();
        InvalidOperationException value = Assert.Throws<InvalidOperationException>(() => _ = default(Owned<Raw>).Value);
        InvalidOperationException header = Assert.Throws<InvalidOperationException>(() => default(Owned<Raw>).TryReadHeader(out MessageHeader _));
        Assert.Contains("Nothing is owned", value.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing is owned", header.Message, StringComparison.Ordinal);
    }

    /// <summary>It does not count for ever; it is nobody else's either, since a view of it may be in use; and a Debug build knows what was lost.</summary>
    [Fact]
    public void Or_lost()
    {
        BlockPool pool = null!;
        OwnThread.Run(() =>
        {
            pool = BlockPool.OfThread;
            Lose();
            Assert.Equal(1, pool.Outstanding);
            Assert.True(SpinWait.SpinUntil(
                () =>
                {
                    GC.Collect();
                    GC.WaitForPendingFinalizers();
                    return pool.Outstanding == 0;
                },
                TimeSpan.FromSeconds(30)));
        });
#if DEBUG
        Assert.Contains("Owned<Raw>", Assert.Single(BlockPool.DescribeOutstanding(pool)), StringComparison.Ordinal);
        Assert.True(BlockLedger.Remove(Assert.Single(BlockLedger.HeldOf(pool))));
#endif
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Lose() => Assert.Equal(3, Own(1, 2, 3).Value.Data.Length);

    private static Owned<Raw> Own(params ReadOnlySpan<byte> data) => new(OwnedFrame.Copy<Raw>(Frames.Raw(data), peer: null));
}
