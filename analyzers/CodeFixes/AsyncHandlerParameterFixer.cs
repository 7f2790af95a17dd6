using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using QContinuum.Analyzers;

namespace QContinuum.CodeFixes;

/// <summary>
/// The compiler's CS1988 (async methods take no <c>in</c>) and CS4012 (nor a ref struct), where the method is a handler: takes the message
/// by value instead of by <c>in</c> or as its <c>Reader</c>. A message with a tail has no value that could outlive the buffer, so that for
/// it there is no such fix.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AsyncHandlerParameterFixer : NodeFixer<ParameterSyntax>
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["CS1988", "CS4012"];

    protected override string Title => "Take by value";

    protected override bool CanFix(ParameterSyntax node, SemanticModel model, CancellationToken cancellation)
        => node is { Parent.Parent: MethodDeclarationSyntax handler }
            && model.GetDeclaredSymbol(handler, cancellation).IsHandler()
            && ValueType(node, model, cancellation) is not null;

    protected override void Fix(DocumentEditor editor, ParameterSyntax node, CancellationToken cancellation)
    {
        TypeSyntax type = ValueType(node, editor.SemanticModel, cancellation)!;
        SyntaxTokenList modifiers = [.. node.Modifiers.Where(static modifier => !modifier.IsKind(SyntaxKind.InKeyword))];
        editor.ReplaceNode(node, node.WithModifiers(modifiers).WithType(type.WithTriviaFrom(node.Type!)).WithLeadingTrivia(node.GetLeadingTrivia()));
    }

    /// <summary>The type to take instead: for <c>Move.Reader</c> it is <c>Move</c>; for another ref struct there is none.</summary>
    private static TypeSyntax? ValueType(ParameterSyntax parameter, SemanticModel model, CancellationToken cancellation)
        => (parameter.Type, model.GetDeclaredSymbol(parameter, cancellation)?.Type) switch
        {
            (QualifiedNameSyntax reader, { Name: "Reader", ContainingType: { } message }) when message.IsMessage() => reader.Left,
            (_, { IsRefLikeType: false }) => parameter.Type,
            _ => null,
        };
}
