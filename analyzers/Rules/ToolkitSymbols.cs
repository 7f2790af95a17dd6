using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using QContinuum.Generator.Model;

namespace QContinuum.Analyzers;

/// <summary>Recognises messages and handlers by their attributes.</summary>
internal static class ToolkitSymbols
{
    /// <summary>Whether a compilation can declare messages at all; where it cannot, no rule registers anything.</summary>
    public static bool IsToolkitReferenced(this Compilation compilation)
        => !compilation.GetTypesByMetadataName($"{Known.Root}.{Known.MessageAttribute}").IsEmpty;

    public static bool IsMessage(this INamedTypeSymbol type) => MessageDeclaration.Of(type) is not null;

    public static bool IsProcessor(this INamedTypeSymbol type) => ProcessorDeclaration.Of(type) is not null;

    /// <summary>Whether a method is one that the dispatch of its processor calls.</summary>
    public static bool IsHandler(this ISymbol? symbol)
        => symbol is IMethodSymbol { MethodKind: MethodKind.Ordinary, ContainingType: { } type } method
            && (method.Has(Known.HandlesAttribute) || method.Has(Known.OpenedAttribute) || method.Has(Known.ClosedAttribute) || method.Has(Known.UnhandledAttribute))
            && type.IsProcessor();

    /// <summary>
    /// The function whose body, or parameter list, holds a node. A lambda or a local function counts as its own: who calls it, and on which
    /// thread, is unknown.
    /// </summary>
    public static SyntaxNode? EnclosingFunction(this SyntaxNode node)
        => node.FirstAncestorOrSelf<SyntaxNode>(static ancestor
            => ancestor is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax);
}
