using QContinuum.Interleavings.Tests.Exploring;
using QContinuum.Interleavings.Tests.Support;
using QContinuum.Loops;
using Xunit.Abstractions;

namespace QContinuum.Interleavings.Tests;

public sealed class Who_asks_for_attention_has_it(ITestOutputHelper output)
{
    private readonly Explorer _asked = new(Asked);
    private readonly Explorer _published = new(Asked, mostSwitches: 1, pointsAfter: true);

    [Fact]
    public void What_was_written_before_is_seen() => _asked.Holds(output);

    [Fact]
    public void And_who_asked_earlier_is_not_lost_meanwhile() => _published.Holds(output);

    [Theory]
    [InlineData("Pollable", "Schedule", "Exchange")]
    [InlineData("Pollable", "RunScheduled", "Exchange")]
    [InlineData("EventLoop", "EnqueueQuietly", "CompareExchange")]
    [InlineData("EventLoop", "RunScheduled", "Exchange")]
    [InlineData("EventLoop", "Turn", "MemoryBarrier")]
    public void Without_one_of_the_fences_it_may_not_be(string type, string member, string operation)
        => _asked.Finds(new Weakness(type, member, operation), output);

    /// <summary>Two threads write and ask for attention, to two that are looked at, so that the list has more than one on it.</summary>
    private static void Asked(Run run)
    {
        EventLoop loop = run.Loop();
        Asking first = new(loop);
        Asking second = new(loop);
        run.Share(first, second);
        run.Thread("one", () =>
        {
            first.WriteOne();
            second.WriteOne();
        });
        run.Thread("two", first.WriteTwo);
        run.AtRest(() =>
        {
            Assert.Equal((1, 1), first.Seen);
            Assert.Equal((1, 0), second.Seen);
        });
    }

    private sealed class Asking(EventLoop loop) : Pollable(loop)
    {
        private int _one;
        private int _two;

        internal (int One, int Two) Seen { get; private set; }

        internal void WriteOne()
        {
            Volatile.Write(ref _one, 1);
            Schedule();
        }

        internal void WriteTwo()
        {
            Volatile.Write(ref _two, 1);
            Schedule();
        }

        internal override void OnScheduled() => Seen = (Volatile.Read(ref _one), Volatile.Read(ref _two));

        internal override void OnReady(Readiness readiness) => throw new NotSupportedException();

        internal override void OnDue() => throw new NotSupportedException();

        internal override void OnLoopStopped()
        {
        }
    }
}
