using QContinuum.Interleavings.Tests.Exploring;
using QContinuum.Interleavings.Tests.Support;
using QContinuum.Loops;
using QContinuum.Processors;
using Xunit.Abstractions;

namespace QContinuum.Interleavings.Tests;

public sealed class What_is_posted_to_a_pump_runs_once_in_order(ITestOutputHelper output)
{
    private readonly Explorer _wide = new(run => Posted(run, capacity: 8, "a1", "a2"));
    private readonly Explorer _narrow = new(run => Posted(run, capacity: 2, "a1", "a2", "a3", "a4"));
    private readonly Explorer _ending = new(Ending);

    [Fact]
    public void As_long_as_there_is_room() => _wide.Holds(output);

    [Theory]
    [InlineData("Pump", "Park", "MemoryBarrier")]
    [InlineData("Pump", "Unpark", "MemoryBarrier")]
    public void Without_one_of_the_fences_it_might_not(string type, string member, string operation)
        => _wide.Finds(new Weakness(type, member, operation), output);

    [Fact]
    public void Also_behind_a_queue_that_is_full() => _narrow.Holds(output);

    [Theory]
    [InlineData("Pump", "Post", "Increment")]
    [InlineData("Pump", "TakeBehind", "Add")]
    public void Were_the_count_of_those_behind_not_atomic_it_might_not(string type, string member, string operation)
        => _narrow.Finds(new Weakness(type, member, operation), output);

    [Fact]
    public void Also_when_nobody_uses_the_pump_any_more() => _ending.Holds(output);

    private static void Posted(Run run, int capacity, params string[] posts)
    {
        Pump pump = Share(run, capacity);
        List<string> ran = [];
        run.Thread("main", pump.Attach);
        run.Thread("one", () => Post(pump, ran, posts));
        run.Ending(pump.Detach);
        run.AtRest(() => Assert.Equal(posts, ran));
    }

    private static void Ending(Run run)
    {
        Pump pump = Share(run, capacity: 8);
        List<string> ran = [];
        run.Thread("main", () =>
        {
            pump.Attach();
            pump.Detach();
        });
        run.Thread("one", () => Post(pump, ran, "a1", "a2"));
        run.AtRest(() => Assert.Equal(["a1", "a2"], ran));
    }

    private static Pump Share(Run run, int capacity)
    {
        Pump pump = new("pump", static () => static _ => { });
        PumpQueue<PumpItem> queue = new(capacity);
        Inner.Set(pump, "_queue", queue);
        run.Share(pump, queue, Inner.Of(queue, "_cells"));
        return pump;
    }

    private static void Post(Pump pump, List<string> ran, params ReadOnlySpan<string> items)
    {
        foreach (string item in items)
        {
            pump.Post(state => ran.Add((string)state!), item);
        }
    }
}
