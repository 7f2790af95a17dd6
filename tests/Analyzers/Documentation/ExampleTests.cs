using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using QContinuum.Analyzers.Tests.Testing;

namespace QContinuum.Analyzers.Tests.Documentation;

/// <summary>The examples of the pages are compiled: the first of a page breaks its rule and no other, those after it break none.</summary>
public partial class ExampleTests
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers
        = [.. RuleBook.Analyzers.Where(static analyzer => analyzer is not DiagnosticSuppressor)];

    /// <summary>The order of fields in several parts: the compiler has its own words for what the rule says.</summary>
    private static readonly string[] SaidByTheCompilerToo = ["CS0282"];

    /// <summary>All but the rule about what a project references, which no C# shows.</summary>
    public static TheoryData<string> Rules => [.. RuleBook.Rules.Keys.Except([nameof(Descriptors.MessagePackNotReferenced)])];

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task The_wrong_example_breaks_the_rule_and_the_right_ones_none(string name)
    {
        string id = RuleBook.Rules[name].Id;
        string[] examples = [.. Example().Matches(RuleBook.Read($"{id}.md")).Select(static match => match.Groups[1].Value)];
        Assert.True(examples.Length >= 2, "a page shows what is wrong and what is right");
        Assert.Equal([id], (await DiagnoseAsync(examples[0])).Where(static found => !SaidByTheCompilerToo.Contains(found)).Distinct());
        foreach (string right in examples[1..])
        {
            Assert.Empty(await DiagnoseAsync(right));
        }
    }

    private static async Task<IEnumerable<string>> DiagnoseAsync(string example)
    {
        var compilation = CSharpCompilation.Create(
            "Example",
            [Parse(example), Parse("global using System; global using System.Threading.Tasks; global using MessagePack; global using QContinuum;")],
            Toolkit.FrameworkReferences.Concat(Toolkit.LibraryReferences),
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable,
                specificDiagnosticOptions: [KeyValuePair.Create("CS1701", ReportDiagnostic.Suppress)]));
        CSharpGeneratorDriver.Create([.. ToolkitTest.Generators.Select(Activator.CreateInstance).Cast<IIncrementalGenerator>().Select(GeneratorExtensions.AsSourceGenerator)], parseOptions: ToolkitTest.ParseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out _);
        ImmutableArray<Diagnostic> diagnostics = await generated.WithAnalyzers(Analyzers).GetAllDiagnosticsAsync();
        return diagnostics.Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Select(static diagnostic => diagnostic.Id);
    }

    private static SyntaxTree Parse(string code) => CSharpSyntaxTree.ParseText(code, ToolkitTest.ParseOptions);

    [GeneratedRegex("^```csharp\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();
}
