using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using QContinuum.Analyzers;

namespace QContinuum.CodeFixes;

/// <summary>
/// QCT3006: removes <c>ConfigureAwait(false)</c> from a handler. Of <c>ConfigureAwaitOptions</c> that say more, it keeps what they say and
/// adds <c>ContinueOnCapturedContext</c>.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ConfigureAwaitFixer : CodeFixProvider
{
    private const string Title = "Come back to the lane of the peer";

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Descriptors.ConfigureAwait.Id];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.FindNodeAsync<InvocationExpressionSyntax>().ConfigureAwait(false)
            is { Expression: MemberAccessExpressionSyntax { Expression: { } awaited } } call)
        {
            context.RegisterCodeFix(
                CodeAction.Create(Title, cancellation => FixAsync(context.Document, call, awaited, cancellation), equivalenceKey: Title),
                context.Diagnostics);
        }
    }

    private static async Task<Document> FixAsync(
        Document document,
        InvocationExpressionSyntax call,
        ExpressionSyntax awaited,
        CancellationToken cancellation)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellation).ConfigureAwait(false);
        ExpressionSyntax argument = call.ArgumentList.Arguments.Last().Expression;
        Optional<object?> value = editor.SemanticModel.GetConstantValue(argument, cancellation);
        if (value.Value is false or 0)
        {
            editor.ReplaceNode(call, awaited.WithTriviaFrom(call));
        }
        else if (editor.SemanticModel.GetTypeInfo(argument, cancellation).Type is { } options)
        {
            SyntaxGenerator generator = editor.Generator;
            editor.ReplaceNode(
                argument,
                generator.BitwiseOrExpression(argument, generator.MemberAccessExpression(generator.TypeExpression(options), "ContinueOnCapturedContext")));
        }

        return editor.GetChangedDocument();
    }
}
