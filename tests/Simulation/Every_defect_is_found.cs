using QContinuum.Simulation.Tests.Defects;

namespace QContinuum.Simulation.Tests;

/// <summary>An oracle that never says no proves nothing: each of these servers is told from a good one by few seeds.</summary>
public sealed class Every_defect_is_found(DefectiveRuntime runtime) : IClassFixture<DefectiveRuntime>
{
    private const int Seeds = 1_000;
    private const int SeedsOfNone = 50;

    public static TheoryData<string> Names => [.. Defect.All.Select(static defect => defect.Name)];

    [Theory, MemberData(nameof(Names))]
    public async Task By_a_failing_seed(string name)
    {
        Defect defect = Defect.All.Single(one => one.Name == name);
        (int code, string output) = await runtime.RunAsync(defect, Seeds);

        Assert.True(code != 0, $"{Seeds} seeds hold though {name}");
        Assert.True(Complaints.Any(complaint => output.Contains(complaint, StringComparison.Ordinal)), output);
    }

    /// <summary>Of the oracle, of an assertion of the runtime, or of a loop that something got out of.</summary>
    private static string[] Complaints => ["fails: ", "Assertion failed", "An event loop failed"];

    [Fact]
    public async Task And_without_one_nothing_is()
    {
        (int code, string output) = await runtime.RunAsync(null, SeedsOfNone);

        Assert.True(code == 0, output);
    }
}
