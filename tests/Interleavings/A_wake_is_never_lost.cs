using QContinuum.Interleavings.Tests.Exploring;
using QContinuum.Interleavings.Tests.Support;
using QContinuum.Loops;
using Xunit.Abstractions;

namespace QContinuum.Interleavings.Tests;

public sealed class A_wake_is_never_lost(ITestOutputHelper output)
{
    private readonly Explorer _posts = new(Posts);
    private readonly Explorer _stop = new(Stop);
    private readonly Explorer _end = new(End);

    [Fact]
    public void What_is_posted_while_the_loop_falls_asleep_is_run() => _posts.Holds(output);

    [Theory]
    [InlineData("EventLoop", "Turn", "MemoryBarrier")]
    [InlineData("EventLoop", "Post", "MemoryBarrier")]
    public void Without_the_fence_of_one_side_it_is(string type, string member, string operation)
        => _posts.Finds(new Weakness(type, member, operation), output);

    [Fact]
    public void A_loop_that_falls_asleep_is_stopped() => _stop.Holds(output);

    [Fact]
    public void Without_the_fence_of_who_stops_it_is_not() => _stop.Finds(new Weakness("EventLoop", "BeginStop", "Exchange"), output);

    [Fact]
    public void What_is_posted_while_the_loop_ends_is_run_and_wakes_no_poller_that_is_gone() => _end.Holds(output);

    [Theory]
    [InlineData("EventLoop", "Post", "MemoryBarrier")]
    [InlineData("EventLoop", "WakeIfAsleep", "Increment")]
    public void Without_one_of_the_fences_it_may_not(string type, string member, string operation)
        => _end.Finds(new Weakness(type, member, operation), output);

    private static void Stop(Run run)
    {
        EventLoop<StillPoller> loop = new(new StillPoller(), 0, new StillTime());
        run.Share(loop);
        run.Thread("main", () =>
        {
            loop.Start();
            loop.Stop();
        });
    }

    private static void End(Run run)
    {
        EventLoop<StillPoller> loop = new(new StillPoller(), 0, new StillTime());
        run.Share(loop);
        int ran = 0;
        run.Thread("main", () =>
        {
            loop.Start();
            run.Thread("one", () => loop.Post(_ => ran++, null));
            loop.Stop();
        });
        run.AtRest(() => Assert.Equal(1, ran));
    }

    private static void Posts(Run run)
    {
        EventLoop loop = run.Loop();
        int ran = 0;
        run.Thread("one", () => loop.Post(_ => ran++, null));
        run.AtRest(() => Assert.Equal(1, ran));
    }
}
