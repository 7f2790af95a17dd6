using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using QContinuum.Generator.Model;
using QContinuum.Generator.Tests.Support;

namespace QContinuum.Generator.Tests.Declarations;

/// <summary>Checks of declarations that break rules: what the builders find, and that the compiler has nothing to add.</summary>
internal static class Wrong
{
    private const string Usings = """
        using System;
        using System.Threading.Tasks;
        using MessagePack;
        using QContinuum;


        """;

    /// <summary>Fails unless exactly <paramref name="violations"/> are found, and the compiler reports exactly the errors <paramref name="ownErrors"/>, none in a generated file.</summary>
    public static void Check(string source, string[] violations, params string[] ownErrors)
    {
        Generated generated = UserProject.Generate(Usings + source);

        Assert.Equal(violations, Violations(generated.Compilation));
        Assert.Empty(generated.Reported);
        Assert.Empty(generated.DiagnosticsInGeneratedFiles);
        Assert.Equal(ownErrors, generated.ErrorsInUserFiles.Select(static error => error.Id).Distinct());
    }

    /// <summary>What the builders find in a compilation, as an analyzer asks them: after the generators ran.</summary>
    public static string[] Violations(Compilation compilation)
    {
        var found = new List<string>();
        foreach (INamedTypeSymbol type in Types(compilation))
        {
            IEnumerable<Violation> violations = HeaderModelBuilder.Build(type, compilation, default).Violations
                .Concat(WireStructModelBuilder.Build(type, compilation, default).Violations)
                .Concat(MessageModelBuilder.Build(type, compilation, default).Violations)
                .Concat(ProcessorModelBuilder.Build(type, compilation, default).Violations);
            foreach (Violation violation in violations)
            {
                Assert.NotEqual(Location.None, violation.Location.ToLocation(type));
                found.Add($"{violation.Rule}({string.Join(", ", violation.Arguments)})");
            }
        }

        return [.. found];
    }

    public static IEnumerable<INamedTypeSymbol> Types(Compilation compilation)
        => compilation.SyntaxTrees
            .SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>().Select(node => compilation.GetSemanticModel(tree).GetDeclaredSymbol(node)))
            .OfType<INamedTypeSymbol>()
            .Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default);
}
