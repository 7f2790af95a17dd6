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
/// The compiler's CS1988 (async methods take no <c>in</c>) and CS4012 (nor a ref struct), where the method is a handler: takes the message
/// by value instead of by <c>in</c>, or instead of as its <c>Reader</c>. A message with a tail has no value that could outlive the buffer,
/// so for it there is no such fix.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AsyncHandlerParameterFixer : CodeFixProvider
{
    private const string Title = "Take by value";

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["CS1988", "CS4012"];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.FindNodeAsync<ParameterSyntax>().ConfigureAwait(false) is { Parent.Parent: MethodDeclarationSyntax handler } parameter
            && await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is { } model
            && model.GetDeclaredSymbol(handler, context.CancellationToken).IsHandler()
            && ByValue(parameter, model) is { } mended)
        {
            context.RegisterCodeFix(
                CodeAction.Create(Title, cancellation => ReplaceAsync(context.Document, parameter, mended, cancellation), equivalenceKey: Title),
                context.Diagnostics);
        }
    }

    private static ParameterSyntax? ByValue(ParameterSyntax parameter, SemanticModel model) => (parameter.Type, model.GetDeclaredSymbol(parameter)?.Type) switch
    {
        (QualifiedNameSyntax reader, { Name: "Reader", ContainingType: { } message }) when message.IsMessage()
            => WithoutIn(parameter).WithType(reader.Left.WithTriviaFrom(reader)),
        (_, { IsRefLikeType: false }) => WithoutIn(parameter),
        _ => null,
    };

    private static ParameterSyntax WithoutIn(ParameterSyntax parameter)
        => parameter
            .WithModifiers([.. parameter.Modifiers.Where(static modifier => !modifier.IsKind(SyntaxKind.InKeyword))])
            .WithLeadingTrivia(parameter.GetLeadingTrivia());

    private static async Task<Document> ReplaceAsync(
        Document document,
        ParameterSyntax parameter,
        ParameterSyntax mended,
        CancellationToken cancellation)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellation).ConfigureAwait(false);
        editor.ReplaceNode(parameter, mended);
        return editor.GetChangedDocument();
    }
}
