namespace QContinuum.Interleavings.Tests.Support;

/// <summary>A clock that stands.</summary>
internal sealed class StillTime : TimeProvider
{
    public override long TimestampFrequency => 1000;

    public override long GetTimestamp() => 1000;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Timer();

    private sealed class Timer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
