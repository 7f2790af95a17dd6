using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using QContinuum.Generator.Model;

namespace QContinuum.Analyzers;

/// <summary>
/// QCT0002: two messages of one header, in one direction, with one id. Each of them is reported where it is declared, as soon as either changes: a rule that waited for the
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
                var messages = new Lazy<ILookup<Key, INamedTypeSymbol>>(() => MessagesById(compilation.Assembly.GlobalNamespace));
                start.RegisterSymbolAction(symbol => Check(symbol, messages), SymbolKind.NamedType);
            }
        });
    }

    private static void Check(SymbolAnalysisContext context, Lazy<ILookup<Key, INamedTypeSymbol>> messages)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (KeyOf(type) is not { } key)
        {
            return;
        }

        INamedTypeSymbol[] others = [.. messages.Value[key].Where(other => !SymbolEqualityComparer.Default.Equals(other, type))];
        if (others is [var first, ..])
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.DuplicateMessageId,
                type.Locations[0],
                additionalLocations: others.Select(static other => other.Locations[0]),
                key.Id,
                type.ToDisplayString(),
                first.ToDisplayString()));
        }
    }

    private static ILookup<Key, INamedTypeSymbol> MessagesById(INamespaceOrTypeSymbol container)
        => TypesIn(container).Where(static type => KeyOf(type) is not null).ToLookup(static type => KeyOf(type)!.Value);

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

    // A fault without an id answers every request.
    private static Key? KeyOf(INamedTypeSymbol type)
        => MessageDeclaration.Of(type) is { HasId: true } message
            ? new Key(message.HeaderName, message.IsFault ? Direction.Fault : message.IsReply ? Direction.Reply : Direction.Request, IdOf(message))
            : null;

    // Of two parts the first is the high one; how high, the field of the second says.
    private static long IdOf(MessageDeclaration message)
    {
        if (message is not { Second: { } second, Header: INamedTypeSymbol header })
        {
            return message.Id;
        }

        IParameterSymbol? field = HeaderFacts.Fields(header).Where(static field => field.Has(Known.MessageIdAttribute)).Skip(1).FirstOrDefault();
        int bits = field?.FindAttribute(Known.Root, Known.BitsAttribute) is { ConstructorArguments: [{ Value: int count }] } ? count
            : field is null ? 32
            : WireTypes.Of(field.Type).Size() * 8;
        return bits is > 0 and < 64 ? (message.Id << bits) | (second & ((1L << bits) - 1)) : message.Id;
    }

    /// <summary>What a receiver tells a message by.</summary>
    private readonly record struct Key(string Header, Direction Direction, long Id);

    private enum Direction
    {
        Request,
        Reply,
        Fault,
    }
}
