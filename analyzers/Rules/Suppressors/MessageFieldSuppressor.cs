using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace QContinuum.Analyzers.Suppressors;

/// <summary>Silences CA1051 on the fields of messages, headers and wire structs: they are the layout on the wire, and a property would add nothing but a copy.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MessageFieldSuppressor : DiagnosticSuppressor
{
    internal static readonly SuppressionDescriptor VisibleField = new(
        "QCTS0001",
        "CA1051",
        "The visible fields of a message or wire struct are its layout on the wire");

    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = [VisibleField];

    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (Diagnostic diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is not { } tree)
            {
                continue;
            }

            SyntaxNode node = tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan);
            if (context.GetSemanticModel(tree).GetDeclaredSymbol(node, context.CancellationToken) is IFieldSymbol { ContainingType: { } type }
                && type.IsOnTheWire())
            {
                context.ReportSuppression(Suppression.Create(VisibleField, diagnostic));
            }
        }
    }
}
