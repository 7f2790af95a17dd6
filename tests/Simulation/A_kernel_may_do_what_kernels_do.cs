namespace QContinuum.Simulation.Tests;

public sealed class A_kernel_may_do_what_kernels_do
{
    private const int Seeds = 3_000;

    /// <summary>By hand there may be as many as one likes: <c>dotnet run -c Release --project tests/Simulation -- --seeds 1000000</c>.</summary>
    [Fact]
    public void Whatever_the_seed()
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            string? failure = Simulation.Run(seed, static _ => { }).Failure;
            Assert.True(failure is null, $"seed {seed}: {failure}. Replay: dotnet run --project tests/Simulation -- --seed {seed}");
        }
    }

    [Fact]
    public void And_a_seed_is_the_same_run_each_time()
    {
        List<string> once = [];
        List<string> again = [];
        Simulation.Run(77, once.Add);
        Simulation.Run(77, again.Add);

        Assert.True(once.Count > 100, $"only {once.Count} things happened");
        Assert.Equal(once, again);
    }
}
