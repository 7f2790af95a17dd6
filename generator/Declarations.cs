using Microsoft.CodeAnalysis;

namespace QContinuum.Generator;

internal static class Declarations
{
    /// <summary>
    /// Whether this is the first declaration of its type that carries the attribute: one on two parts is the user's error, and a type
    /// generated twice would be ours.
    /// </summary>
    public static bool IsFirst(this GeneratorAttributeSyntaxContext declaration)
        => declaration.TargetSymbol.GetAttributes()
                .First(other => SymbolEqualityComparer.Default.Equals(other.AttributeClass, declaration.Attributes[0].AttributeClass))
                .ApplicationSyntaxReference is { } first
            && first.SyntaxTree == declaration.TargetNode.SyntaxTree
            && declaration.TargetNode.Span.Contains(first.Span);
}
