using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using QContinuum.Generator.Model;

namespace QContinuum.Analyzers;

/// <summary>QCT1014: a method with the attribute of a handler in a type without [Processor], where nothing would ever call it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HandlerOutsideProcessorAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.HandlerOutsideProcessor];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.IsToolkitReferenced())
            {
                start.RegisterSymbolAction(Check, SymbolKind.Method);
            }
        });
    }

    private static void Check(SymbolAnalysisContext context)
    {
        if (context.Symbol is IMethodSymbol { PartialDefinitionPart: null, ContainingType: { } type } method
            && method.HandlerAttribute() is { } attribute
            && !type.IsProcessor())
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.HandlerOutsideProcessor, method.SourceLocation(), method.Name, attribute, type.ShortName()));
        }
    }
}
