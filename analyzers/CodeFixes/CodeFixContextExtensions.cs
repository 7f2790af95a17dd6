using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace QContinuum.CodeFixes;

/// <summary>What every fixer asks first.</summary>
internal static class CodeFixContextExtensions
{
    /// <summary>The nearest node of a kind that holds the place of the diagnostic.</summary>
    public static async Task<T?> FindNodeAsync<T>(this CodeFixContext context)
        where T : SyntaxNode
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        return root?.FindNode(context.Span, getInnermostNodeForTie: true).FirstAncestorOrSelf<T>();
    }
}
