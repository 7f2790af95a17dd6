using System.Globalization;
using System.Numerics;

namespace QContinuum.Soak.Tests.Measuring;

/// <summary>How often something took how long: each power of two has 32 classes, so that a percentile is at most 3 % too high.</summary>
internal sealed class Latencies
{
    private const int ClassBits = 5;
    private const int Classes = 1 << ClassBits;

    private readonly long[] _counts = new long[(64 - ClassBits) * Classes];

    public long Count { get; private set; }

    public TimeSpan Most { get; private set; }

    public void Add(TimeSpan latency)
    {
        _counts[ClassOf(Math.Max(0, latency.Ticks))]++;
        Count++;
        Most = latency > Most ? latency : Most;
    }

    public void Add(Latencies other)
    {
        for (int i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }

        Count += other.Count;
        Most = other.Most > Most ? other.Most : Most;
    }

    /// <summary>What <paramref name="share"/> of them (0 to 1) did not exceed; zero when there are none.</summary>
    public TimeSpan Percentile(double share)
    {
        long rank = (long)Math.Ceiling(share * Count);
        long seen = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= rank && seen > 0)
            {
                return new TimeSpan(Math.Min(HighestOf(i), Most.Ticks));
            }
        }

        return TimeSpan.Zero;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"p50 {Percentile(0.5).TotalMilliseconds:F2} ms, p99 {Percentile(0.99).TotalMilliseconds:F2} ms, "
        + $"most {Most.TotalMilliseconds:F1} ms, {Count} times");

    /// <summary>Below 32 ticks each has a class of its own; above, the power of two and the next five bits say which.</summary>
    private static int ClassOf(long ticks)
    {
        int shift = Math.Max(0, BitOperations.Log2((ulong)ticks) - ClassBits);
        return (shift * Classes) + (int)(ticks >> shift);
    }

    private static long HighestOf(int index)
    {
        int shift = Math.Max(0, (index / Classes) - 1);
        return ((index - (shift * Classes) + 1L) << shift) - 1;
    }
}
