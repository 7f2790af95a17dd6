using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using QContinuum.Generator.Model;

namespace QContinuum.Analyzers;

/// <summary>Recognises headers, messages and handlers by their attributes.</summary>
internal static class ToolkitSymbols
{
    /// <summary>Whether a compilation can declare messages at all; where it cannot, no rule registers anything.</summary>
    public static bool IsToolkitReferenced(this Compilation compilation)
        => !compilation.GetTypesByMetadataName($"{Known.Root}.{Known.MessageAttribute}").IsEmpty;

    public static bool IsMessage(this INamedTypeSymbol type) => MessageDeclaration.Of(type) is not null;

    /// <summary>Whether the members of a type are a layout on the wire.</summary>
    public static bool IsOnTheWire(this INamedTypeSymbol type)
        => type.IsMessage() || type.Has(Known.HeaderAttribute) || type.Has(Known.WireStructAttribute);

    public static bool IsProcessor(this INamedTypeSymbol type) => ProcessorDeclaration.Of(type) is not null;

    /// <summary>Whether a method is one that the dispatch of its processor calls.</summary>
    public static bool IsHandler(this ISymbol? symbol)
        => symbol is IMethodSymbol { MethodKind: MethodKind.Ordinary, ContainingType: { } type } method
            && method.HandlerAttribute() is not null
            && type.IsProcessor();

    /// <summary>The attribute that makes a method a handler, as it is written: <c>[Handles]</c>.</summary>
    public static string? HandlerAttribute(this IMethodSymbol method)
        => method.Has(Known.HandlesAttribute) ? "[Handles]"
            : method.Has(Known.OpenedAttribute) ? "[Opened]"
            : method.Has(Known.ClosedAttribute) ? "[Closed]"
            : method.Has(Known.UnhandledAttribute) ? "[Unhandled]"
            : null;

    /// <summary>
    /// The function whose body, or parameter list, holds a node. A lambda or a local function counts as its own: who calls it, and on which
    /// thread, is unknown.
    /// </summary>
    public static SyntaxNode? EnclosingFunction(this SyntaxNode node)
        => node.FirstAncestorOrSelf<SyntaxNode>(static ancestor
            => ancestor is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax);
}
