using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using QContinuum.Generator.Model;

namespace QContinuum.Analyzers;

/// <summary>Turns what the model builders found into diagnostics.</summary>
internal static class ViolationReporting
{
    private static readonly Dictionary<string, DiagnosticDescriptor> Rules = Descriptors.Declarations.ToDictionary(static rule => rule.Id);

    public static void Report(this SymbolAnalysisContext context, EquatableArray<Violation> violations)
    {
        foreach (Violation violation in violations)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules[violation.Rule], violation.Location.ToLocation(context.Symbol), [.. violation.Arguments]));
        }
    }
}
