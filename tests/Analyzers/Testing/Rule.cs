using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace QContinuum.Analyzers.Tests.Testing;

/// <summary>
/// Runs one analyzer over code in which <c>{|QCT0001:…|}</c> marks what it must report, and nothing else may be reported: neither by it nor
/// by the compiler, which sees what the generator adds. Also checks that <c>#pragma warning disable</c> silences each.
/// </summary>
internal static class Rule<TAnalyzer>
    where TAnalyzer : DiagnosticAnalyzer, new()
{
    /// <summary>The marked places are reported; without a mark, nothing is.</summary>
    public static Task Reports([StringSyntax("c#-test")] string code) => new RuleTest<TAnalyzer>(code).RunAsync();

    /// <summary>The place marked <c>{|#0:…|}</c> is reported with this text.</summary>
    public static Task Says(string id, string message, [StringSyntax("c#-test")] string code)
    {
        var test = new RuleTest<TAnalyzer>(code);
        DiagnosticDescriptor rule = new TAnalyzer().SupportedDiagnostics.Single(rule => rule.Id == id);
        test.ExpectedDiagnostics.Add(new DiagnosticResult(rule).WithLocation(0).WithOptions(DiagnosticOptions.IgnoreAdditionalLocations).WithMessage(message));
        return test.RunAsync();
    }

    /// <summary>Nothing is reported in a compilation that does not reference the toolkit.</summary>
    public static Task ReportsNothingWithoutToolkit([StringSyntax("c#-test")] string code)
        => new CSharpAnalyzerTest<TAnalyzer, DefaultVerifier>().UseFramework(code).RunAsync();
}

/// <summary>Runs a code fix, once on each diagnostic and once on all of them, and compares what it leaves.</summary>
internal static class Fix<TAnalyzer, TFixer>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TFixer : CodeFixProvider, new()
{
    public static Task Turns([StringSyntax("c#-test")] string code, [StringSyntax("c#-test")] string mended)
        => new FixTest<TAnalyzer, TFixer>(code, mended).RunAsync();

    /// <summary>The marked places are reported, and no fix is offered.</summary>
    public static Task Leaves([StringSyntax("c#-test")] string code) => new FixTest<TAnalyzer, TFixer>(code, code).RunAsync();

    /// <summary>The same, in a project that does not reference MessagePack.</summary>
    public static Task LeavesWithoutMessagePack([StringSyntax("c#-test")] string code)
    {
        var test = new FixTest<TAnalyzer, TFixer>(code, code);
        test.TestState.RemoveReference("MessagePack.dll");
        test.TestState.RemoveReference("MessagePack.Annotations.dll");
        return test.RunAsync();
    }
}

internal sealed class RuleTest<TAnalyzer> : CSharpAnalyzerTest<TAnalyzer, DefaultVerifier>
    where TAnalyzer : DiagnosticAnalyzer, new()
{
    public RuleTest(string code)
    {
        this.UseToolkit(code);
    }

    protected override IEnumerable<Type> GetSourceGenerators() => ToolkitTest.Generators;

    protected override ParseOptions CreateParseOptions() => ToolkitTest.ParseOptions;
}

internal sealed class FixTest<TAnalyzer, TFixer> : CSharpCodeFixTest<TAnalyzer, TFixer, DefaultVerifier>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TFixer : CodeFixProvider, new()
{
    public FixTest(string code, string mended)
    {
        this.UseToolkit(code);
        FixedCode = mended;
        FixedState.Sources.Add(ToolkitTest.GlobalUsings);
    }

    protected override IEnumerable<Type> GetSourceGenerators() => ToolkitTest.Generators;

    protected override ParseOptions CreateParseOptions() => ToolkitTest.ParseOptions;
}
