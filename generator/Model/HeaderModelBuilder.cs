using System.Globalization;
using Microsoft.CodeAnalysis;

namespace QContinuum.Generator.Model;

/// <summary>Reads a type with [Header] into its model.</summary>
internal static class HeaderModelBuilder
{
    /// <summary>Reads a type.</summary>
    /// <param name="type">The type; it need not carry [Header].</param>
    /// <param name="compilation">The compilation that it belongs to.</param>
    /// <param name="token">Cancels.</param>
    /// <returns>The model, null where nothing can be generated; and all rules that the declaration breaks.</returns>
    public static (HeaderModel? Model, EquatableArray<Violation> Violations) Build(
        INamedTypeSymbol type,
        Compilation compilation,
        CancellationToken token)
    {
        if (type.TypeKind != TypeKind.Struct || type.FindAttribute(Known.Root, Known.HeaderAttribute) is not { } attribute)
        {
            return default;
        }

        var violations = new Violations();
        Location location = Symbols.DeclarationLocation(attribute, type, token);
        bool canBeExtended = TypeModelBuilder.CanBeExtended(type, location, violations, token);
        IParameterSymbol[] parameters = [.. MessageState.PrimaryConstructor(type, token)?.Parameters ?? HeaderFacts.Fields(type)];
        HeaderRules.CheckType(type, parameters, location, violations);
        if (!canBeExtended || HeaderRules.ImplementsByHand(type) || type.IsRefLikeType)
        {
            return (null, violations.ToArray());
        }

        token.ThrowIfCancellationRequested();
        var names = new HashSet<string>(StringComparer.Ordinal);
        HeaderFieldModel[] fields = HeaderLayout.Lay(parameters, attribute, type, violations, names);
        HeaderRules.CheckFields(type, parameters, fields, violations);
        fields = HeaderChecksums.Order(type, parameters, fields, violations);

        int size = HeaderLayout.SizeOf(fields, trailer: false);
        int trailer = HeaderLayout.SizeOf(fields, trailer: true);
        int maxFrame = attribute.Number("MaxFrame");
        if (maxFrame < 0 || (maxFrame > 0 && maxFrame < size + trailer))
        {
            violations.Add(RuleIds.MaxFrameTooSmall, location, type.ShortName(), Text(maxFrame), Text(size + trailer));
        }

        string? framer = HeaderFramer.Find(type, fields, violations);
        LengthModel? length = HeaderLength.Build(type, parameters, fields, size, trailer, violations);
        long maxBody = Math.Min(
            length is null ? (framer is null ? 0 : int.MaxValue) : HeaderLength.MaxBody(fields, length),
            (maxFrame > 0 ? maxFrame : int.MaxValue) - (long)size - trailer);
        var model = new HeaderModel(
            TypeModelBuilder.Build(type),
            type.ShortName(),
            fields.ToEquatableArray(),
            size,
            trailer,
            (int)Math.Max(0, maxBody),
            length,
            framer is null ? null : Symbols.Escape(framer),
            HasFreeConstructor(type, parameters, fields),
            violations.FirstRule);
        return (model, violations.ToArray());
    }

    // Of the same types as the primary constructor, or one that the user wrote, there can be no second one.
    private static bool HasFreeConstructor(INamedTypeSymbol type, IParameterSymbol[] parameters, HeaderFieldModel[] fields)
    {
        ITypeSymbol[] free = [.. parameters.Where((_, index) => fields[index].IsFree).Select(static parameter => parameter.Type)];
        return free.Length > 0
            && fields.All(static field => field.Type.Length > 0)
            && !type.InstanceConstructors.Any(constructor => !constructor.IsGenerated()
                && constructor.Parameters.Select(static parameter => parameter.Type).SequenceEqual(free, SymbolEqualityComparer.Default));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
