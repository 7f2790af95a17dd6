using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using QContinuum.Buffers;

namespace QContinuum.Benchmarks.Micro;

/// <summary>Takes a block of 16 KiB, appends 64 bytes and releases it: on the thread that took it, which is a lane's or not, and on another one.</summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public class BlockPools
{
    private const int Count = 128;
    private const int AppendedBytes = 64;
    private const int BitsOfWord = 64;

    private readonly byte[] _bytes = new byte[AppendedBytes];
    private readonly Block[] _handedOver = new Block[Count];
    private readonly Handed[] _handedOverByHand = new Handed[Count];
    private readonly Handed[] _byHand = [.. Enumerable.Range(0, Count).Select(static _ => new Handed())];
    private readonly long[] _returned = new long[Count / BitsOfWord];
    private volatile bool _isHandedOver;
    private volatile bool _isOver;
    private Thread? _other;

    /// <summary>As the loops and the pumps do: a lane knows its pool, and is told by its stack.</summary>
    [Benchmark(Description = "same thread", OperationsPerInvoke = Count), BenchmarkCategory("take, append, release")]
    public void SameThread()
    {
        BlockPool pool = BlockPool.OfThread;
        pool.BeginStack();
        for (int i = 0; i < Count; i++)
        {
            Filled(pool).Release();
        }

        pool.EndStack();
    }

    /// <summary>As any other thread does: the pool is looked up, and so is whether it is the thread's.</summary>
    [Benchmark(Description = "same thread, no lane's", OperationsPerInvoke = Count), BenchmarkCategory("take, append, release")]
    public void SameThreadOfNoLane()
    {
        for (int i = 0; i < Count; i++)
        {
            Filled(BlockPool.OfThread).Release();
        }
    }

    /// <summary>
    /// What it costs to hand over anything: one thread writes 64 bytes and a reference, another one gives that up and tells so by a bit. There is no pool, no other count and no bound.
    /// </summary>
    [Benchmark(Description = "by hand", OperationsPerInvoke = Count), BenchmarkCategory("release on another thread")]
    public void HandedOverByHand()
    {
        for (int word = 0; word < _returned.Length; word++)
        {
            Interlocked.Exchange(ref _returned[word], 0);
        }

        for (int i = 0; i < Count; i++)
        {
            Handed handed = _byHand[i];
            handed.References = 1;
            _bytes.CopyTo(handed.Bytes.AsSpan());
            _handedOverByHand[i] = handed;
        }

        _isHandedOver = true;
        Wait(handedOver: false);
    }

    /// <summary>All are handed over at once: what that costs is shared by all of them, and counted.</summary>
    [Benchmark(Description = "toolkit", OperationsPerInvoke = Count), BenchmarkCategory("release on another thread")]
    public void OtherThread()
    {
        for (int i = 0; i < Count; i++)
        {
            _handedOver[i] = Filled(BlockPool.OfThread);
        }

        _isHandedOver = true;
        Wait(handedOver: false);
    }

    [GlobalSetup(Target = nameof(OtherThread))]
    public void StartReleasing() => StartOther(() =>
    {
        foreach (Block block in _handedOver)
        {
            block?.Release();
        }
    });

    [GlobalSetup(Target = nameof(HandedOverByHand))]
    public void StartReleasingByHand() => StartOther(() =>
    {
        for (int i = 0; i < Count; i++)
        {
            Handed handed = _handedOverByHand[i];
            if (handed?.References == 1)
            {
                handed.References = 0;
                Interlocked.Or(ref _returned[i / BitsOfWord], 1L << (i % BitsOfWord));
            }
        }
    });

    [GlobalCleanup(Targets = [nameof(OtherThread), nameof(HandedOverByHand)])]
    public void EndOther()
    {
        _isOver = true;
        Array.Clear(_handedOver);
        Array.Clear(_handedOverByHand);
        _isHandedOver = true;
        _other?.Join();
    }

    private void StartOther(Action release)
    {
        _other = new Thread(() =>
        {
            while (!_isOver)
            {
                Wait(handedOver: true);
                release();
                _isHandedOver = false;
            }
        });
        _other.Start();
    }

    private Block Filled(BlockPool pool)
    {
        Block block = pool.Take(BlockPool.StandardSize);
        _bytes.CopyTo(block.FreeSpan(AppendedBytes));
        block.End += AppendedBytes;
        return block;
    }

    private void Wait(bool handedOver)
    {
        var spin = new SpinWait();
        while (_isHandedOver != handedOver)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    private sealed class Handed
    {
        internal int References;

        internal byte[] Bytes { get; } = new byte[AppendedBytes];
    }
}
