using QContinuum.Loops;

namespace QContinuum.Runtime.Tests.Loops;

public sealed class A_timer_fires_once_and_not_early
{
    [Fact]
    public void Timers_of_every_distance_fire_at_their_millisecond()
    {
        Random random = new(3);
        long now = 1_000_003;
        TimerWheel wheel = new(now);
        List<Probe> probes = [];
        for (int i = 0; i < 2_000; i++)
        {
            Probe probe = new();
            probes.Add(probe);
            wheel.Schedule(probe, now + random.Next(0, 120_000));
        }

        long end = now + 130_000;
        while (now < end)
        {
            now += random.Next(3) == 0 ? 1 : random.Next(1, 400);
            wheel.Advance(now);
            foreach (Probe probe in probes)
            {
                if (probe.Fired == 0)
                {
                    Assert.True(probe.Due > now, $"due at {probe.Due}, not fired at {now}");
                }
                else if (!probe.Seen)
                {
                    probe.Seen = true;
                    Assert.True(probe.Due <= now, $"due at {probe.Due}, fired at {now}");
                }
            }
        }

        Assert.All(probes, probe => Assert.Equal(1, probe.Fired));
        Assert.Equal(-1, wheel.Timeout(now));
    }

    [Fact]
    public void A_cancelled_timer_never_fires()
    {
        TimerWheel wheel = new(0);
        Probe cancelled = new();
        Probe kept = new();
        wheel.Schedule(cancelled, 500);
        wheel.Schedule(kept, 500);
        wheel.Cancel(cancelled);
        wheel.Cancel(cancelled);

        wheel.Advance(10_000);

        Assert.Equal((0, 1), (cancelled.Fired, kept.Fired));
    }

    [Fact]
    public void A_timer_scheduled_again_forgets_its_earlier_appointment()
    {
        TimerWheel wheel = new(0);
        Probe probe = new();
        wheel.Schedule(probe, 100);
        wheel.Schedule(probe, 5_000);

        wheel.Advance(4_000);
        Assert.Equal(0, probe.Fired);

        wheel.Advance(6_000);
        Assert.Equal(1, probe.Fired);
    }

    [Fact]
    public void A_timer_may_schedule_itself_while_it_fires()
    {
        TimerWheel wheel = new(0);
        Probe probe = new() { Again = self => wheel.Schedule(self, self.Due + 1_000) };
        wheel.Schedule(probe, 1_000);

        for (int now = 0; now <= 10_500; now += 100)
        {
            wheel.Advance(now);
        }

        Assert.Equal(10, probe.Fired);
    }

    /// <summary>Many are due at once, and each puts off all the others: one fires now, one later, and none is lost.</summary>
    [Fact]
    public void A_timer_may_put_off_others_that_are_due_with_it()
    {
        const int Count = 5;
        TimerWheel wheel = new(0);
        List<Probe> probes = [];
        for (int i = 0; i < Count; i++)
        {
            probes.Add(new Probe
            {
                Again = self => probes.FindAll(other => other != self && other.Fired == 0).ForEach(other => wheel.Schedule(other, self.Due + 1_000)),
            });
        }

        probes.ForEach(probe => wheel.Schedule(probe, 1_000));
        for (int round = 1; round <= Count; round++)
        {
            wheel.Advance(round * 1_100);
            Assert.Equal(round, probes.Sum(static probe => probe.Fired));
        }

        Assert.All(probes, static probe => Assert.Equal(1, probe.Fired));
        Assert.Equal(-1, wheel.Timeout(Count * 1_100));
    }

    [Fact]
    public void The_wheel_asks_to_be_woken_no_later_than_the_next_timer()
    {
        TimerWheel wheel = new(0);
        Assert.Equal(-1, wheel.Timeout(0));
        wheel.Schedule(new Probe(), 10_000);
        wheel.Schedule(new Probe(), 2_000);

        Assert.Equal(2_000, wheel.Timeout(0));

        wheel.Advance(2_100);
        Assert.InRange(wheel.Timeout(2_100), 1, 10_000 - 2_100);
    }

    /// <summary>Whoever sleeps no longer than the wheel says is there in time, and is not woken for nothing again and again.</summary>
    [Fact]
    public void Who_follows_it_meets_every_timer_at_its_moment()
    {
        Random random = new(5);
        long now = 7;
        TimerWheel wheel = new(now);
        int left = 500, wakes = 0;
        List<Probe> probes = [.. Enumerable.Range(0, left).Select(_ => new Probe { Again = probe => Assert.Equal(probe.Due, now) })];
        probes.ForEach(probe => wheel.Schedule(probe, now + random.Next(1, 100_000)));
        while (wheel.Timeout(now) is >= 0 and var timeout)
        {
            Assert.True(timeout > 0, $"it asks to be advanced again at {now}");
            now += timeout;
            wheel.Advance(now);
            wakes++;
        }

        Assert.All(probes, static probe => Assert.Equal(1, probe.Fired));
        Assert.InRange(wakes, 1, 3 * left + 100);
    }

    /// <summary>What is due at once when it is scheduled is called with the next look, also from within another.</summary>
    [Fact]
    public void What_is_late_when_it_is_scheduled_is_called_next()
    {
        TimerWheel wheel = new(0);
        wheel.Advance(10_000);
        Probe late = new();
        Probe probe = new() { Again = _ => wheel.Schedule(late, 5_000) };
        wheel.Schedule(probe, 9_000);
        Assert.Equal(0, wheel.Timeout(10_000));
        wheel.Advance(10_000);
        wheel.Advance(10_000);
        Assert.Equal((1, 1), (probe.Fired, late.Fired));
    }

    private sealed class Probe : LoopTimer
    {
        public int Fired { get; private set; }

        public bool Seen { get; set; }

        public Action<Probe>? Again { get; init; }

        internal override void OnDue()
        {
            Fired++;
            Again?.Invoke(this);
        }
    }
}
