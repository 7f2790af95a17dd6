using QContinuum.Interleavings.Tests.Exploring;
using QContinuum.Interleavings.Tests.Support;
using QContinuum.Loops;
using Xunit.Abstractions;

namespace QContinuum.Interleavings.Tests;

public sealed class A_wake_is_never_lost(ITestOutputHelper output)
{
    private readonly Explorer _posts = new(Posts);

    [Fact]
    public void What_is_posted_while_the_loop_falls_asleep_is_run() => _posts.Holds(output);

    [Theory]
    [InlineData("Turn", "MemoryBarrier")]
    [InlineData("Post", "MemoryBarrier")]
    public void Without_the_fence_of_one_side_it_is(string member, string operation) => _posts.Finds(new Weakness(member, operation), output);

    private static void Posts(Run run)
    {
        EventLoop loop = run.Loop();
        int ran = 0;
        run.Thread("one", () => loop.Post(_ => ran++, null));
        run.AtRest(() => Assert.Equal(1, ran));
    }
}
