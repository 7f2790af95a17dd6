namespace QContinuum.Loops;

/// <summary>So many a second, with a second's worth at once after a pause: the generic cell rate algorithm (ITU-T I.371), one number a limit.</summary>
internal struct RateLimit
{
    private const long NanosecondsASecond = 1_000_000_000;
    private const long NanosecondsAMillisecond = 1_000_000;

    /// <summary>When all that came so far is made up for, in nanoseconds: in coarser ones a high rate would be rounded to none.</summary>
    private long _settled;

    /// <summary>Counts <paramref name="count"/> more.</summary>
    /// <param name="count">How many.</param>
    /// <param name="rate">How many a second may have.</param>
    /// <param name="now">Milliseconds of the loop's clock.</param>
    /// <returns>How long the next has to wait, in milliseconds; 0 for not at all.</returns>
    internal long Count(long count, int rate, long now)
    {
        long nanoseconds = now * NanosecondsAMillisecond;
        _settled = Math.Max(_settled, nanoseconds - NanosecondsASecond) + (count * NanosecondsASecond / rate);
        return _settled <= nanoseconds ? 0 : (_settled - nanoseconds + NanosecondsAMillisecond - 1) / NanosecondsAMillisecond;
    }
}
