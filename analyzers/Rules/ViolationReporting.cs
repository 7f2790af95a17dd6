using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using QContinuum.Generator.Model;

namespace QContinuum.Analyzers;

/// <summary>Turns what a model builder finds into diagnostics.</summary>
internal static class ViolationReporting
{
    private static readonly Dictionary<string, DiagnosticDescriptor> Rules = Descriptors.Declarations.ToDictionary(static rule => rule.Id);

    public static void Report(this SymbolAnalysisContext context, INamedTypeSymbol type, EquatableArray<Violation> violations)
    {
        foreach (Violation violation in violations)
        {
            Location location = violation.Location.ToLocation(type);
            if (type.Declares(location) || type.IsFirstOfItsContainer())
            {
                context.ReportDiagnostic(Diagnostic.Create(Rules[violation.Rule], location, [.. violation.Arguments]));
            }
        }
    }

    private static bool Declares(this INamedTypeSymbol type, Location location)
        => type.DeclaringSyntaxReferences.Any(part => part.SyntaxTree == location.SourceTree && part.Span.Contains(location.SourceSpan));

    /// <summary>What is wrong with a type that contains messages is found by each of them, and reported by one.</summary>
    private static bool IsFirstOfItsContainer(this INamedTypeSymbol type)
        => type.ContainingType is { } container
            && SymbolEqualityComparer.Default.Equals(type, container.GetTypeMembers().First(static member => member.IsMessage() || member.IsProcessor()));
}
