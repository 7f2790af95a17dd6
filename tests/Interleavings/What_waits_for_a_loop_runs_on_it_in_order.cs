using QContinuum.Interleavings.Tests.Exploring;
using QContinuum.Interleavings.Tests.Support;
using QContinuum.Loops;
using Xunit.Abstractions;

namespace QContinuum.Interleavings.Tests;

public sealed class What_waits_for_a_loop_runs_on_it_in_order(ITestOutputHelper output)
{
    private readonly Explorer _posted = new(Posted);

    [Fact]
    public void Whenever_the_processor_is_bound_to_it() => _posted.Holds(output);

    private static void Posted(Run run)
    {
        EventLoop loop = run.Loop();
        IdleProcessor processor = new(Threading.PerLoop);
        run.Share(processor);
        List<string> ran = [];
        run.Thread("one", () =>
        {
            processor.Post(ran.Add, "a1");
            processor.Post(ran.Add, "a2");
        });
        run.Thread("binding", () => processor.Bind(loop));
        run.AtRest(() => Assert.Equal(["a1", "a2"], ran));
    }
}
