using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using QContinuum.Analyzers.Tests.Testing;

namespace QContinuum.Analyzers.Tests.Documentation;

/// <summary>The C# blocks of a page, and what the compiler, with generators and analyzers, says of each.</summary>
internal static partial class Examples
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers
        = [.. RuleBook.Analyzers.Where(static analyzer => analyzer is not DiagnosticSuppressor)];

    public static string[] Of(string page) => [.. Block().Matches(page).Select(static match => match.Groups[1].Value)];

    public static async Task<IEnumerable<string>> DiagnoseAsync(string example)
    {
        var compilation = CSharpCompilation.Create(
            "Example",
            [Parse(example), Parse("global using System; global using System.IO; global using System.Threading; global using System.Threading.Tasks; global using MessagePack; global using QContinuum;")],
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
    private static partial Regex Block();
}
