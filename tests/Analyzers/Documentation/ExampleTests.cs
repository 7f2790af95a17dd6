using QContinuum.Analyzers.Tests.Testing;

namespace QContinuum.Analyzers.Tests.Documentation;

/// <summary>The examples of the pages are compiled: the first of a page breaks its rule and no other, those after it break none.</summary>
public class ExampleTests
{
    /// <summary>The order of fields in several parts: the compiler has its own words for what the rule says.</summary>
    private static readonly string[] SaidByTheCompilerToo = ["CS0282"];

    /// <summary>All but the rule about what a project references, which no C# shows.</summary>
    public static TheoryData<string> Rules => [.. RuleBook.Rules.Keys.Except([nameof(Descriptors.MessagePackNotReferenced)])];

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task The_wrong_example_breaks_the_rule_and_the_right_ones_none(string name)
    {
        string id = RuleBook.Rules[name].Id;
        string[] examples = Examples.Of(RuleBook.Read($"{id}.md"));
        Assert.True(examples.Length >= 2, "a page shows what is wrong and what is right");
        Assert.Equal([id], (await Examples.DiagnoseAsync(examples[0])).Where(static found => !SaidByTheCompilerToo.Contains(found)).Distinct());
        foreach (string right in examples[1..])
        {
            Assert.Empty(await Examples.DiagnoseAsync(right));
        }
    }
}
