using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Text;

namespace QContinuum.CodeFixes;

/// <summary>
/// A fix that edits the nearest node of one kind around a diagnostic. All diagnostics of a document are fixed by one editor, not by merging
/// texts: two fixes may touch the same type, or stand one inside the other.
/// </summary>
/// <typeparam name="TNode">The kind of node.</typeparam>
public abstract class NodeFixer<TNode> : CodeFixProvider
    where TNode : SyntaxNode
{
    /// <summary>What the editor offers.</summary>
    protected abstract string Title { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider()
        => FixAllProvider.Create(async (context, document, diagnostics) => await FixAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (Find(root, context.Span) is { } node && model is not null && CanFix(node, model, context.CancellationToken))
        {
            context.RegisterCodeFix(
                CodeAction.Create(Title, cancellation => FixAsync(context.Document, context.Diagnostics, cancellation), equivalenceKey: Title),
                context.Diagnostics);
        }
    }

    /// <summary>Whether the fix leads anywhere.</summary>
    protected virtual bool CanFix(TNode node, SemanticModel model, CancellationToken cancellation) => true;

    /// <summary>Makes the edits. They must not rely on a node inside or around <paramref name="node"/> to be as it was.</summary>
    protected abstract void Fix(DocumentEditor editor, TNode node, CancellationToken cancellation);

    private async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellation).ConfigureAwait(false);
        foreach (TNode node in diagnostics.Select(diagnostic => Find(editor.OriginalRoot, diagnostic.Location.SourceSpan)).OfType<TNode>().Distinct())
        {
            if (CanFix(node, editor.SemanticModel, cancellation))
            {
                Fix(editor, node, cancellation);
            }
        }

        return editor.GetChangedDocument();
    }

    private static TNode? Find(SyntaxNode? root, TextSpan span) => root?.FindNode(span, getInnermostNodeForTie: true).FirstAncestorOrSelf<TNode>();
}
