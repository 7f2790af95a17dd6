using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;
using QContinuum.Analyzers;

namespace QContinuum.CodeFixes;

/// <summary>QCT1005: makes an <c>async void</c> handler return <c>ValueTask</c>, so that its processor waits for it and sees what it throws.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AsyncVoidFixer : CodeFixProvider
{
    private const string Title = "Return ValueTask";

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Descriptors.AsyncVoid.Id];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.FindNodeAsync<MethodDeclarationSyntax>().ConfigureAwait(false) is { } handler)
        {
            context.RegisterCodeFix(
                CodeAction.Create(Title, cancellation => ReturnValueTaskAsync(context.Document, handler, cancellation), equivalenceKey: Title),
                context.Diagnostics);
        }
    }

    private static async Task<Document> ReturnValueTaskAsync(Document document, MethodDeclarationSyntax handler, CancellationToken cancellation)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellation).ConfigureAwait(false);
        if (editor.SemanticModel.Compilation.GetTypeByMetadataName("System.Threading.Tasks.ValueTask") is { } valueTask)
        {
            SyntaxNode type = editor.Generator.TypeExpression(valueTask)
                .WithTriviaFrom(handler.ReturnType)
                .WithAdditionalAnnotations(Simplifier.AddImportsAnnotation);
            editor.ReplaceNode(handler.ReturnType, type);
        }

        return editor.GetChangedDocument();
    }
}
