using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using QContinuum.Generator.Model;

namespace QContinuum.Analyzers;

/// <summary>Turns what a model builder finds into diagnostics.</summary>
internal static class ViolationReporting
{
    private static readonly Dictionary<string, DiagnosticDescriptor> Rules = Descriptors.Declarations.ToDictionary(static rule => rule.Id);

    public static void Report(this SymbolAnalysisContext context, EquatableArray<Violation> violations)
    {
        foreach (Violation violation in violations)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules[violation.Rule], LocalTo(context.Symbol, violation), [.. violation.Arguments]));
        }
    }

    /// <summary>What is wrong with a type around the declaration is reported at the declaration: editors offer no fix for a place outside it.</summary>
    private static Location LocalTo(ISymbol declared, Violation violation)
    {
        Location place = violation.Location.ToLocation(declared);
        return declared.DeclaringSyntaxReferences.Any(part => part.SyntaxTree == place.SourceTree && part.Span.Contains(place.SourceSpan))
            ? place
            : declared.Locations[0];
    }
}
