using QContinuum.Interleavings.Tests.Exploring;
using QContinuum.Interleavings.Tests.Support;
using QContinuum.Processors;
using Xunit.Abstractions;

namespace QContinuum.Interleavings.Tests;

public sealed class What_a_processor_accepts_runs_before_its_end(ITestOutputHelper output)
{
    private readonly Explorer _ended = new(Ended);

    [Fact]
    public void And_what_comes_later_is_refused() => _ended.Holds(output);

    [Theory]
    [InlineData("Processor", "PostFromOutside", "Increment")]
    [InlineData("Processor", "EndPosting", "MemoryBarrier")]
    public void Were_an_operation_no_fence_it_might_come_behind(string type, string member, string operation)
        => _ended.Finds(new Weakness(type, member, operation), output);

    private static void Ended(Run run)
    {
        IdleProcessor processor = new(Threading.Queued);
        PumpQueue<PumpItem> queue = new(8);
        Inner.Set(processor.Pump!, "_queue", queue);
        run.Share(processor, queue, Inner.Of(queue, "_cells"));
        List<string> ran = [];
        bool isAccepted = false;
        run.Thread("one", () =>
        {
            try
            {
                processor.Post(ran.Add, "a1");
                isAccepted = true;
            }
            catch (ObjectDisposedException)
            {
            }
        });
        run.Thread("stops", () =>
        {
            processor.EndPosting();
            processor.Pump!.Post(_ => ran.Add("end"), null);
        });
        run.AtRest(() => Assert.Equal(isAccepted ? ["a1", "end"] : ["end"], ran));
    }
}
