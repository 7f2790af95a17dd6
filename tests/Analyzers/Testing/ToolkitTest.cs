using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;

namespace QContinuum.Analyzers.Tests.Testing;

/// <summary>What rule tests and fix tests have in common.</summary>
internal static class ToolkitTest
{
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.Preview, DocumentationMode.Diagnose);

    /// <summary>What generator there is runs too: what it adds belongs to the code that rules and compiler judge.</summary>
    public static IEnumerable<Type> Generators { get; } = [];

    public static void UseToolkit(this AnalyzerTest<DefaultVerifier> test)
    {
        test.ReferenceAssemblies = Toolkit.Framework;
        test.TestBehaviors |= TestBehaviors.SkipGeneratedSourcesCheck;
        test.TestState.AdditionalReferences.AddRange(Toolkit.References);
        test.TestState.Sources.Add(("GlobalUsings.cs", "global using QContinuum; global using System; global using System.Threading.Tasks;"));
    }
}
