namespace QContinuum.MachineCode.Tests;

/// <summary>
/// No text is compared, since it changes with each version of the compiler: what counts is that no index is checked behind the one check of a size, and that the code
/// does not grow. The bounds are what was counted and a tenth; who makes the code better lowers them.
/// </summary>
public sealed class Hot_code_checks_no_bound_twice
{
    [OnX64]
    [InlineData("ReadState", 31, 2, 0)]
    [InlineData("WalkThreeByte", 23, 4, 0)]
    [InlineData("WalkBigEndian", 25, 5, 0)]
    [InlineData("WalkMeasured", 61, 9, 2)]
    [InlineData("DispatchReceived", 305, 50, 15)]
    public void And_is_as_short_as_it_was(string method, int instructions, int branches, int calls)
    {
        string[] code = Listings.Of(method);

        string text = string.Join('\n', code);
        Assert.DoesNotContain("CORINFO_HELP_RNGCHKFAIL", text, StringComparison.Ordinal);
        Assert.True(code.Length <= instructions, $"{code.Length} instructions:\n{text}");
        Assert.True(Count(code, 'j') <= branches, $"{Count(code, 'j')} branches:\n{text}");
        Assert.True(Calls(code) <= calls, $"{Calls(code)} calls:\n{text}");
    }

    private static int Count(string[] code, char first) => code.Count(line => line[0] == first);

    private static int Calls(string[] code) => code.Count(static line => line.StartsWith("call", StringComparison.Ordinal));
}
