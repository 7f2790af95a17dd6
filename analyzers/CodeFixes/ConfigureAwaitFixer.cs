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
/// QCT3006: removes <c>ConfigureAwait(false)</c> from a handler. Of <c>ConfigureAwaitOptions</c> that say more, it keeps what they say and
/// adds <c>ContinueOnCapturedContext</c>.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ConfigureAwaitFixer : NodeFixer<InvocationExpressionSyntax>
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Descriptors.ConfigureAwait.Id];

    protected override string Title => "Come back to the lane of the peer";

    protected override bool CanFix(InvocationExpressionSyntax node, SemanticModel model, CancellationToken cancellation)
        => node is { Expression: MemberAccessExpressionSyntax, ArgumentList.Arguments.Count: 1 };

    protected override void Fix(DocumentEditor editor, InvocationExpressionSyntax node, CancellationToken cancellation)
    {
        ExpressionSyntax argument = node.ArgumentList.Arguments[0].Expression;
        if (editor.SemanticModel.GetConstantValue(argument, cancellation).Value is false or 0)
        {
            editor.ReplaceNode(node, static (call, _) => Awaited((InvocationExpressionSyntax)call).WithTriviaFrom(call));
        }
        else if (editor.SemanticModel.GetTypeInfo(argument, cancellation).Type is { } options)
        {
            editor.ReplaceNode(argument, (current, generator) => generator.BitwiseOrExpression(
                current,
                generator.MemberAccessExpression(generator.TypeExpression(options), "ContinueOnCapturedContext")));
        }
    }

    private static ExpressionSyntax Awaited(InvocationExpressionSyntax call) => ((MemberAccessExpressionSyntax)call.Expression).Expression;
}
