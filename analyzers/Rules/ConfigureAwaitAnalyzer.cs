using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace QContinuum.Analyzers;

/// <summary>
/// QCT3006: an asynchronous handler that awaits with <c>ConfigureAwait(false)</c>. What follows the await then runs beside the lane of its
/// peer, at the same time as other handlers.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ConfigureAwaitAnalyzer : DiagnosticAnalyzer
{
    /// <summary><c>ConfigureAwaitOptions.ContinueOnCapturedContext</c>.</summary>
    private const int ContinueOnCapturedContext = 1;

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.ConfigureAwait];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.IsToolkitReferenced())
            {
                start.RegisterOperationAction(Check, OperationKind.Invocation);
            }
        });
    }

    private static void Check(OperationAnalysisContext context)
    {
        if (context.Operation is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Arguments: [.., { Value: var argument }], Syntax: InvocationExpressionSyntax call }
            && LeavesTheContext(argument)
            && call.EnclosingFunction() is MethodDeclarationSyntax
            && context.ContainingSymbol is IMethodSymbol { IsAsync: true } method
            && method.IsHandler())
        {
            TextSpan span = TextSpan.FromBounds(call.Expression.GetLastToken().SpanStart, call.Span.End);
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.ConfigureAwait,
                Location.Create(call.SyntaxTree, span),
                call.SyntaxTree.GetText(context.CancellationToken).ToString(span),
                method.Name));
        }
    }

    private static bool LeavesTheContext(IOperation argument) => (argument.Type?.Name, argument.ConstantValue.Value) switch
    {
        (_, bool continues) => !continues,
        ("ConfigureAwaitOptions", int options) => (options & ContinueOnCapturedContext) == 0,
        _ => false,
    };
}
