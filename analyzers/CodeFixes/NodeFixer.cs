using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;

namespace QContinuum.CodeFixes;

/// <summary>A fix that edits the nearest node of one kind around a diagnostic: alone, or in a batch with all others of its title.</summary>
/// <typeparam name="TNode">The kind of node.</typeparam>
public abstract class NodeFixer<TNode> : CodeFixProvider
    where TNode : SyntaxNode
{
    /// <summary>What the editor offers.</summary>
    protected abstract string Title { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (model is not null
            && root?.FindNode(context.Span, getInnermostNodeForTie: true).FirstAncestorOrSelf<TNode>() is { } node
            && CanFix(node, model, context.CancellationToken))
        {
            context.RegisterCodeFix(
                CodeAction.Create(Title, cancellation => FixAsync(context.Document, node, cancellation), equivalenceKey: Title),
                context.Diagnostics);
        }
    }

    /// <summary>Whether the fix leads anywhere.</summary>
    protected virtual bool CanFix(TNode node, SemanticModel model, CancellationToken cancellation) => true;

    /// <summary>Makes the edits.</summary>
    protected abstract void Fix(DocumentEditor editor, TNode node, CancellationToken cancellation);

    private async Task<Document> FixAsync(Document document, TNode node, CancellationToken cancellation)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellation).ConfigureAwait(false);
        Fix(editor, node, cancellation);
        return editor.GetChangedDocument();
    }
}
