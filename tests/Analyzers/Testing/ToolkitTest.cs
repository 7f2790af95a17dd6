using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;
using QContinuum.Generator;

namespace QContinuum.Analyzers.Tests.Testing;

/// <summary>What rule tests and fix tests have in common.</summary>
internal static class ToolkitTest
{
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.Preview);

    /// <summary>The generators run too: what they add belongs to the code that rules and compiler judge.</summary>
    public static IEnumerable<Type> Generators { get; } = [typeof(HeaderGenerator), typeof(WireStructGenerator), typeof(MessageGenerator), typeof(ProcessorGenerator)];

    public static (string Name, SourceText Text) GlobalUsings { get; }
        = ("GlobalUsings.cs", SourceText.From("global using System; global using System.Threading.Tasks; global using QContinuum;"));

    /// <summary>Makes a test one of code against the framework alone.</summary>
    public static TTest UseFramework<TTest>(this TTest test, string code)
        where TTest : AnalyzerTest<DefaultVerifier>
    {
        test.TestCode = code;
        test.ReferenceAssemblies = Toolkit.Framework;
        test.TestState.AdditionalReferences.AddRange(Toolkit.FrameworkReferences);
        return test;
    }

    /// <summary>Makes a test one of code against the toolkit, with the usings that a project has by default.</summary>
    public static void UseToolkit(this AnalyzerTest<DefaultVerifier> test, string code)
    {
        test.UseFramework(code);
        test.TestBehaviors |= TestBehaviors.SkipGeneratedSourcesCheck;
        test.TestState.AdditionalReferences.AddRange(Toolkit.LibraryReferences);
        test.TestState.Sources.Add(GlobalUsings);
    }

    /// <summary>Takes an assembly away from the code under test.</summary>
    public static void RemoveReference(this SolutionState state, string file)
        => Assert.Equal(1, state.AdditionalReferences.RemoveAll(reference => Path.GetFileName(reference.Display) == file));
}
