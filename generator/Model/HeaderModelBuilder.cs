using Microsoft.CodeAnalysis;

namespace QContinuum.Generator.Model;

/// <summary>Reads a struct with [Header] into its model.</summary>
internal static class HeaderModelBuilder
{
    /// <summary>Reads a struct.</summary>
    /// <param name="type">The struct; it need not carry [Header].</param>
    /// <param name="compilation">The compilation that it belongs to.</param>
    /// <param name="token">Cancels.</param>
    /// <returns>The model, null where nothing can be generated; and all rules that the declaration breaks.</returns>
    public static (HeaderModel? Model, EquatableArray<Violation> Violations) Build(
        INamedTypeSymbol type,
        Compilation compilation,
        CancellationToken token)
    {
        _ = compilation;
        if (type.TypeKind != TypeKind.Struct || type.FindAttribute(Known.Root, Known.HeaderAttribute) is not { } attribute)
        {
            return default;
        }

        var violations = new Violations();
        Location location = Symbols.DeclarationLocation(attribute, type, token);
        bool canBeExtended = TypeModelBuilder.CanBeExtended(type, location, violations, token);
        IParameterSymbol[] parameters = HeaderRules.CheckType(type, location, violations, token);
        if (!canBeExtended || HeaderRules.ImplementsByHand(type))
        {
            return (null, violations.ToArray());
        }

        token.ThrowIfCancellationRequested();
        var layout = new HeaderLayout(attribute, parameters, violations);
        HeaderFieldModel[] fields = layout.Read();
        int size = layout.Size;
        string? framer = HeaderRules.FindFramer(type, fields, location, violations);
        int maxFrame = attribute.Named("MaxFrame") is int max ? max : 0;
        ArgumentRules.Check(type, attribute, location, violations);
        foreach (IParameterSymbol parameter in parameters)
        {
            ArgumentRules.Check(parameter, violations);
        }

        HeaderRules.CheckFields(type, parameters, fields, size, layout.TrailerSize, maxFrame, location, violations);
        int maxBody = LengthReader.MaxBody(fields, size, layout.TrailerSize, maxFrame, framer is not null);
        return (new HeaderModel(
            TypeModelBuilder.Build(type),
            type.ShortName(),
            fields.ToEquatableArray(),
            size,
            layout.TrailerSize,
            layout.BodyOffset,
            maxBody,
            framer,
            FreeFields(type, parameters, fields),
            violations.FirstRule), violations.ToArray());
    }

    /// <summary>What a header can frame; null where it is not declared, or not well.</summary>
    public static FrameLimits? LimitsOf(INamedTypeSymbol header)
    {
        IParameterSymbol[] parameters = [.. HeaderFacts.Fields(header)];
        if (parameters.Length == 0 || header.FindAttribute(Known.Root, Known.HeaderAttribute) is not { } attribute)
        {
            return null;
        }

        var violations = new Violations();
        var layout = new HeaderLayout(attribute, parameters, violations);
        HeaderFieldModel[] fields = layout.Read();
        bool hasFramer = header.GetMembers().Any(static member => member is IMethodSymbol && member.Has(Known.FramerAttribute));
        int maxFrame = attribute.Named("MaxFrame") is int max ? max : 0;
        bool isRight = violations.FirstRule is null && fields.All(static field => field.Wire != WireType.None);
        return isRight ? new FrameLimits(LengthReader.MaxBody(fields, layout.Size, layout.TrailerSize, maxFrame, hasFramer), LengthReader.OnlyLength(fields), fields.Where(static field => field.Length is not null).Select(static field => field.Name).ToEquatableArray()) : null;
    }

    // What nothing else decides. Not where the constructor would be one that is there already.
    private static EquatableArray<int> FreeFields(INamedTypeSymbol type, IParameterSymbol[] parameters, HeaderFieldModel[] fields)
    {
        int[] free = [.. Enumerable.Range(0, fields.Length).Where(index => IsFree(fields[index]))];
        bool isTaken = free.Length == parameters.Length || type.InstanceConstructors.Any(
            constructor => !constructor.IsGenerated() && !constructor.IsImplicitlyDeclared
                && constructor.Parameters.Select(static parameter => parameter.Type)
                    .SequenceEqual(free.Select(index => parameters[index].Type), SymbolEqualityComparer.Default));
        bool isCopy = free.Length == 1 && SymbolEqualityComparer.Default.Equals(parameters[free[0]].Type, type);
        return isTaken || isCopy ? default : free.ToEquatableArray();
    }

    private static bool IsFree(HeaderFieldModel field)
        => field is { IsReserved: false, IsCorrelation: false, Constant: null, Repeats: null, IdMask: null, ReplyMask: null, Length: null, Checksum: null }
            && (field.FaultMask is null || field.IsStatus);
}
