using QContinuum.Simulation.Tests.Defects;

namespace QContinuum.Simulation.Tests;

/// <summary>An oracle that never says no proves nothing: each of these servers is told from a good one by few seeds.</summary>
public sealed class Every_defect_is_found
{
    private const int Seeds = 1_000;

    public static TheoryData<string> Names => [.. Defect.All.Select(static defect => defect.Name)];

    [Theory, MemberData(nameof(Names))]
    public async Task By_a_failing_seed(string name)
    {
        Defect defect = Defect.All.Single(one => one.Name == name);
        using DefectiveRuntime runtime = new();
        await runtime.BuildAsync(defect);

        (int code, string output) = await runtime.RunAsync(Seeds);

        Assert.True(code != 0, $"{Seeds} seeds hold though {name}");
        Assert.True(output.Contains("fails: ", StringComparison.Ordinal) || output.Contains("Assertion failed", StringComparison.Ordinal), output);
    }
}
