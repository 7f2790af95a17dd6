namespace QContinuum.Runtime.Tests.Support;

/// <summary>A clock that goes where a test moves it, and stands still otherwise. A loop looks at it when it next wakes.</summary>
internal sealed class MovedClock : TimeProvider
{
    private long _milliseconds = 1_000;

    public override long TimestampFrequency => 1_000;

    public override long GetTimestamp() => Volatile.Read(ref _milliseconds);

    public void Move(TimeSpan by) => Interlocked.Add(ref _milliseconds, (long)by.TotalMilliseconds);
}
