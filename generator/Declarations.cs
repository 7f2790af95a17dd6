using Microsoft.CodeAnalysis;

namespace QContinuum.Generator;

internal static class Declarations
{
    /// <summary>
    /// Whether this is the first declaration of its type that carries the attribute: one on two parts is the user's error, and a type
    /// generated twice would be ours.
    /// </summary>
    public static bool IsFirst(this GeneratorAttributeSyntaxContext declaration)
        => declaration.Attributes[0] is { AttributeClass: { } attribute, ApplicationSyntaxReference: { } here }
            && declaration.TargetSymbol.GetAttributes().First(other => SymbolEqualityComparer.Default.Equals(other.AttributeClass, attribute)).ApplicationSyntaxReference is { } first
            && first.SyntaxTree == here.SyntaxTree
            && first.Span == here.Span;
}
