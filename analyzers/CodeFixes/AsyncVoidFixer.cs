using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;
using QContinuum.Analyzers;

namespace QContinuum.CodeFixes;

/// <summary>QCT1005: makes an <c>async void</c> handler return <c>ValueTask</c>, so that its processor waits for it and sees what it throws.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AsyncVoidFixer : NodeFixer<MethodDeclarationSyntax>
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Descriptors.AsyncVoid.Id];

    protected override string Title => "Return ValueTask";

    protected override void Fix(DocumentEditor editor, MethodDeclarationSyntax node, CancellationToken cancellation)
    {
        if (editor.SemanticModel.Compilation.GetTypeByMetadataName("System.Threading.Tasks.ValueTask") is { } valueTask)
        {
            SyntaxNode type = editor.Generator.TypeExpression(valueTask).WithAdditionalAnnotations(Simplifier.AddImportsAnnotation);
            editor.ReplaceNode(node.ReturnType, type.WithTriviaFrom(node.ReturnType));
        }
    }
}
