using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace QContinuum.Analyzers;

/// <summary>Recognises messages and handlers by the names of their attributes: the rules never see the runtime assembly itself.</summary>
internal static class ToolkitSymbols
{
    private const string Namespace = "QContinuum";

    /// <summary>Whether a compilation can declare messages at all; where it cannot, no rule registers anything.</summary>
    public static bool IsToolkitReferenced(this Compilation compilation) => compilation.GetTypeByMetadataName($"{Namespace}.MessageAttribute") is not null;

    public static bool IsMessage(this INamedTypeSymbol type) => type.HasAttribute("MessageAttribute");

    public static bool IsProcessor(this INamedTypeSymbol type) => type.HasAttribute("ProcessorAttribute");

    /// <summary>Whether a method is one that the dispatch of its processor calls.</summary>
    public static bool IsHandler(this ISymbol? symbol)
        => symbol is IMethodSymbol { MethodKind: MethodKind.Ordinary, ContainingType: { } type } method
            && (method.HasAttribute("HandlesAttribute")
                || method.HasAttribute("OpenedAttribute")
                || method.HasAttribute("ClosedAttribute")
                || method.HasAttribute("UnhandledAttribute"))
            && type.IsProcessor();

    /// <summary>
    /// The function whose body, or parameter list, holds a node. A lambda or a local function counts as its own: who calls it, and on which
    /// thread, is unknown.
    /// </summary>
    public static SyntaxNode? EnclosingFunction(this SyntaxNode node)
        => node.FirstAncestorOrSelf<SyntaxNode>(static ancestor
            => ancestor is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax);

    /// <summary>An attribute of the toolkit on a symbol.</summary>
    public static AttributeData? FindAttribute(this ISymbol symbol, string name)
    {
        foreach (AttributeData attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass is { ContainingNamespace: { Name: Namespace, ContainingNamespace.IsGlobalNamespace: true } } type && type.Name == name)
            {
                return attribute;
            }
        }

        return null;
    }

    private static bool HasAttribute(this ISymbol symbol, string name) => symbol.FindAttribute(name) is not null;
}
