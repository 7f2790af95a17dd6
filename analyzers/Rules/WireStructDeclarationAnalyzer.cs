using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using QContinuum.Generator.Model;

namespace QContinuum.Analyzers;

/// <summary>Reports what keeps a type with [WireStruct] from being generated: the violations that the model builder finds, no more and no less.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WireStructDeclarationAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Descriptors.Declarations;

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.IsToolkitReferenced())
            {
                start.RegisterSymbolAction(Check, SymbolKind.NamedType);
            }
        });
    }

    private static void Check(SymbolAnalysisContext context)
    {
        if (context.Symbol is INamedTypeSymbol type && type.Has(Known.WireStructAttribute))
        {
            context.Report(WireStructModelBuilder.Build(type, context.Compilation, context.CancellationToken).Violations);
        }
    }
}
