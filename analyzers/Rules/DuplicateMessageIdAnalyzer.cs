using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using QContinuum.Generator.Model;

namespace QContinuum.Analyzers;

/// <summary>
/// QCT0002: two messages with one id. Each of them is reported where it is declared, as soon as either changes: a rule that waited for the
/// end of the compilation would not be seen while typing.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DuplicateMessageIdAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.DuplicateMessageId];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.IsToolkitReferenced())
            {
                // Gathered once a compilation, and only when it has a message.
                Compilation compilation = start.Compilation;
                var messages = new Lazy<ILookup<long, INamedTypeSymbol>>(() => MessagesById(compilation.Assembly.GlobalNamespace));
                start.RegisterSymbolAction(symbol => Check(symbol, messages), SymbolKind.NamedType);
            }
        });
    }

    private static void Check(SymbolAnalysisContext context, Lazy<ILookup<long, INamedTypeSymbol>> messages)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (IdOf(type) is not { } id)
        {
            return;
        }

        INamedTypeSymbol[] others = [.. messages.Value[id].Where(other => !SymbolEqualityComparer.Default.Equals(other, type))];
        if (others is [var first, ..])
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.DuplicateMessageId,
                type.Locations[0],
                additionalLocations: others.Select(static other => other.Locations[0]),
                id,
                type.ToDisplayString(),
                first.ToDisplayString()));
        }
    }

    private static ILookup<long, INamedTypeSymbol> MessagesById(INamespaceOrTypeSymbol container)
        => TypesIn(container).Where(static type => IdOf(type) is not null).ToLookup(static type => IdOf(type)!.Value);

    private static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceOrTypeSymbol container)
    {
        foreach (INamespaceOrTypeSymbol member in container.GetMembers().OfType<INamespaceOrTypeSymbol>())
        {
            if (member is INamedTypeSymbol type)
            {
                yield return type;
            }

            foreach (INamedTypeSymbol nested in TypesIn(member))
            {
                yield return nested;
            }
        }
    }

    private static long? IdOf(INamedTypeSymbol type)
        => MessageDeclaration.Of(type) is { HasId: true } declaration ? declaration.Id : null;
}
