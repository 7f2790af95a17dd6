using Microsoft.Extensions.Time.Testing;

namespace QContinuum.Runtime.Tests.Support;

/// <summary>A clock that goes on by a time as soon as somebody waits for that time.</summary>
internal sealed class ClockThatJumps(TimeSpan awaited) : FakeTimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime == awaited)
        {
            _ = Task.Run(() => Advance(awaited));
        }

        return timer;
    }
}
