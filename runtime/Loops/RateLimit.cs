namespace QContinuum.Loops;

/// <summary>So many a second, with a second's worth at once after a pause: the generic cell rate algorithm (ITU-T I.371), one number a limit.</summary>
internal struct RateLimit
{
    private const long MicrosecondsASecond = 1_000_000;

    /// <summary>When all that came so far is made up for, in microseconds.</summary>
    private long _settled;

    /// <summary>Counts <paramref name="count"/> more.</summary>
    /// <param name="count">How many.</param>
    /// <param name="rate">How many a second may have.</param>
    /// <param name="now">Milliseconds of the loop's clock.</param>
    /// <returns>How long the next has to wait, in milliseconds; 0 for not at all.</returns>
    internal long Count(long count, int rate, long now)
    {
        long microseconds = now * 1000;
        _settled = Math.Max(_settled, microseconds - MicrosecondsASecond) + (count * MicrosecondsASecond / rate);
        return _settled <= microseconds ? 0 : (_settled - microseconds + 999) / 1000;
    }
}
