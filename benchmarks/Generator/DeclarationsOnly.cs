using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace QContinuum.Benchmarks.Generator;

/// <summary>
/// What Roslyn itself asks for 1,000 messages, whoever generates: it finds the same declarations and binds them, and writes a line for each.
/// </summary>
internal sealed class DeclarationsOnly : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        foreach (string attribute in (string[])["HeaderAttribute", "MessageAttribute", "MessageAttribute`1", "ProcessorAttribute", "ProcessorAttribute`1", "ProcessorAttribute`2", "WireStructAttribute"])
        {
            IncrementalValuesProvider<string> names = context.SyntaxProvider.ForAttributeWithMetadataName(
                "QContinuum." + attribute,
                static (node, _) => node is TypeDeclarationSyntax,
                static (declaration, _) => $"{declaration.TargetSymbol.Name}, {((INamedTypeSymbol)declaration.TargetSymbol).GetMembers().Length} members");
            context.RegisterSourceOutput(names, static (output, name) => output.AddSource(name[..name.IndexOf(',')] + ".g.cs", "// " + name));
        }
    }
}
