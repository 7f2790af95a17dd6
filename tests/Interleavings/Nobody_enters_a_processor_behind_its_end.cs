using QContinuum.Interleavings.Tests.Exploring;
using QContinuum.Interleavings.Tests.Support;
using Xunit.Abstractions;

namespace QContinuum.Interleavings.Tests;

public sealed class Nobody_enters_a_processor_behind_its_end(ITestOutputHelper output)
{
    private readonly Explorer _entered = new(Entered);
    private readonly Explorer _left = new(Left);

    [Fact]
    public void Who_has_entered_is_waited_for() => _entered.Holds(output);

    [Fact]
    public void And_nobody_else() => _left.Holds(output);

    [Theory]
    [InlineData("Processor", "TryEnter", "Increment")]
    [InlineData("Processor", "EndEntering", "MemoryBarrier")]
    public void Were_an_operation_no_fence_somebody_might(string type, string member, string operation)
        => _entered.Finds(new Weakness(type, member, operation), output);

    [Theory]
    [InlineData("Processor", "Leave", "Decrement")]
    [InlineData("Processor", "EndEntering", "MemoryBarrier")]
    public void Were_an_operation_no_fence_who_has_left_might_be_waited_for(string type, string member, string operation)
        => _left.Finds(new Weakness(type, member, operation), output);

    private static void Entered(Run run)
    {
        IdleProcessor processor = new(Threading.Queued);
        run.Share(processor);
        bool hasEntered = false;
        Task? left = null;
        run.Thread("enters", () => hasEntered = processor.TryEnter());
        run.Thread("stops", () => left = processor.EndEntering());
        run.AtRest(() =>
        {
            Assert.Equal(hasEntered ? 1 : 0, processor.PeerCount);
            Assert.Equal(hasEntered, left is { IsCompleted: false });
        });
    }

    private static void Left(Run run)
    {
        IdleProcessor processor = new(Threading.Queued);
        Assert.True(processor.TryEnter());
        run.Share(processor);
        Task? left = null;
        run.Thread("leaves", processor.Leave);
        run.Thread("stops", () => left = processor.EndEntering());
        run.AtRest(() => Assert.True(left is null or { IsCompleted: true }, "it is waited for though it has left"));
    }
}
