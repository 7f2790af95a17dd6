using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using QContinuum.Generator.Model;

namespace QContinuum.Analyzers;

/// <summary>
/// QCT1021: a handler sends its own peer a message of another header than its processor speaks. Other peers are none of its business: a
/// gateway has some that speak another protocol.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SentHeaderAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.SentHeader];

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
        var call = (IInvocationOperation)context.Operation;
        if (!Sends(call.TargetMethod) || PeerOf(call) is not { ContainingSymbol: IMethodSymbol handler } || !handler.IsHandler())
        {
            return;
        }

        ProcessorDeclaration processor = ProcessorDeclaration.Of(handler.ContainingType)!.Value;
        foreach (ITypeSymbol? type in call.Arguments.Select(static argument => argument.Value.Type))
        {
            if (type is not null && MessageDeclaration.Of(type) is { } message && IsOther(message.Header, processor.Out))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    Descriptors.SentHeader,
                    call.Syntax.GetLocation(),
                    handler.Name,
                    type.ShortName(),
                    message.Header?.ShortName() ?? Known.MessageHeader,
                    processor.Out?.ShortName() ?? Known.MessageHeader));
            }
        }
    }

    /// <summary>Whether a method sends what it is given: those of a peer that take a message do, and what is generated for a request.</summary>
    private static bool Sends(IMethodSymbol method) => method.ContainingType.Is(Known.Root, Known.Peer) || method.Name is "RequestAsync" or "RequestOwnedAsync";

    /// <summary>The parameter that the message is sent through, where it is one and a peer.</summary>
    private static IParameterSymbol? PeerOf(IInvocationOperation call)
        => (call.Instance ?? call.Arguments.FirstOrDefault()?.Value) is IParameterReferenceOperation { Parameter: var parameter } && parameter.Type.Is(Known.Root, Known.Peer)
            ? parameter
            : null;

    private static bool IsOther(ITypeSymbol? bound, ITypeSymbol? sent)
        => HeaderFacts.IsUsable(bound) && HeaderFacts.IsUsable(sent) && HeaderFacts.Of(bound).FullName != HeaderFacts.Of(sent).FullName;
}
