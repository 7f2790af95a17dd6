using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace QContinuum.Analyzers.Suppressors;

/// <summary>Silences, in handlers alone, what is good advice for methods that people call and wrong for methods that the dispatch calls.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HandlerSuppressor : DiagnosticSuppressor
{
    internal static readonly SuppressionDescriptor CouldBeStatic = new(
        "QCTS0002",
        "CA1822",
        "The dispatch of the processor calls its handlers on the instance");

    internal static readonly SuppressionDescriptor MissingConfigureAwait = new(
        "QCTS0003",
        "CA2007",
        "A handler must come back to the lane of its peer, which ConfigureAwait(false) would leave");

    internal static readonly SuppressionDescriptor UncheckedArgument = new(
        "QCTS0004",
        "CA1062",
        "The dispatch of the processor never passes null to a handler");

    internal static readonly SuppressionDescriptor UnusedParameter = new(
        "QCTS0005",
        "IDE0060",
        "The parameters of a handler are what its attribute asks for");

    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; }
        = [CouldBeStatic, MissingConfigureAwait, UncheckedArgument, UnusedParameter];

    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (Diagnostic diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is not { } tree)
            {
                continue;
            }

            SyntaxNode? function = tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan).EnclosingFunction();
            if (function is not null && context.GetSemanticModel(tree).GetDeclaredSymbol(function, context.CancellationToken).IsHandler())
            {
                context.ReportSuppression(Suppression.Create(DescriptorFor(diagnostic.Id), diagnostic));
            }
        }
    }

    private SuppressionDescriptor DescriptorFor(string id) => SupportedSuppressions.First(descriptor => descriptor.SuppressedDiagnosticId == id);
}
