using Microsoft.CodeAnalysis;

namespace QContinuum.Generator.Model;

/// <summary>Reads what a message says of its reply.</summary>
internal static class RequestModelBuilder
{
    /// <summary>Reads the reply of a message; null where it names none, or none that can be.</summary>
    public static RequestModel? Build(INamedTypeSymbol type, MessageDeclaration declaration, Location location, Violations violations)
    {
        if (declaration.Attribute.Named("Reply") is not ITypeSymbol named || !HeaderFacts.IsUsable(declaration.Header))
        {
            return null;
        }

        MessageDeclaration? reply = named is INamedTypeSymbol symbol ? MessageDeclaration.Of(symbol) : null;
        if (!HeaderFacts.IsUsable(reply?.Header))
        {
            return null; // It breaks a rule of its own.
        }

        string? problem = named.TypeKind == TypeKind.Error ? null
            : reply is not { } its ? "it is no message; give it [Message]"
            : !its.IsReply ? "declare it with IsReply = true"
            : its.IsFault ? "a fault is the reply to what failed; name the one to what succeeded"
            : !HeaderFacts.Of(declaration.Header).HasCorrelation ? $"its header has no [Correlation] by which a reply could find its request"
            : !HeaderFacts.Of(its.Header).HasCorrelation ? "its own header has no [Correlation] by which it could find its request"
            : FaultProblem(declaration);
        if (problem is not null)
        {
            violations.Add(RuleIds.ReplyMismatch, location, type.ShortName(), named.ShortName(), problem);
        }

        Exposure exposure = Least(ExposureOf(type), ExposureOf(named));
        return problem is null && reply is not null && exposure != Exposure.Hidden && MessageShapeBuilder.Build((INamedTypeSymbol)named) is { } shape
            ? new RequestModel(
                ClassName(type),
                exposure == Exposure.Public,
                Least(exposure, declaration.Header is { } header ? ExposureOf(header) : Exposure.Public),
                shape.FullName,
                FaultIdOf(declaration),
                shape.IsRefStruct)
            : null;
    }

    private static long? FaultIdOf(MessageDeclaration declaration)
        => declaration.Attribute.Named("Fault") is INamedTypeSymbol fault && MessageDeclaration.Of(fault) is { HasId: true } bound
            ? HeaderFacts.Of(bound.Header).IdOf(bound)
            : null;

    private static string? FaultProblem(MessageDeclaration declaration)
        => declaration.Attribute.Named("Fault") is not INamedTypeSymbol { TypeKind: not TypeKind.Error } fault ? null
            : MessageDeclaration.Of(fault) is { IsFault: true, HasId: true } ? null
            : $"its Fault, '{fault.ShortName()}', must be a message with an id and IsFault = true";

    private static Exposure Least(Exposure one, Exposure other) => (Exposure)Math.Min((int)one, (int)other);

    // What the compiler lets nobody use is as good as hidden.
    private static Exposure ExposureOf(ITypeSymbol type)
        => type is INamedTypeSymbol named && !named.IsUnusable() ? named.SelfAndAround().Min(static part => Accessibilities.Of(part)) : Exposure.Hidden;

    // With the types around it, which tell apart messages of one name. A name may have what stands between them, which is doubled there.
    private static string ClassName(INamedTypeSymbol type)
    {
        string name = string.Join("_", type.SelfAndAround().Reverse().Select(static part => part.Name.Replace("_", "__"))) + "Requests";
        while (type.ContainingNamespace.GetMembers(name).Any(static other => !other.IsGenerated()))
        {
            name += "_";
        }

        return name;
    }
}
