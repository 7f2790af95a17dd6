using Microsoft.CodeAnalysis;

namespace QContinuum.Generator.Model;

/// <summary>Reads a struct with [WireStruct] into its model.</summary>
internal static class WireStructModelBuilder
{
    /// <summary>Reads a struct.</summary>
    /// <param name="type">The struct; it need not carry [WireStruct].</param>
    /// <param name="compilation">The compilation that it belongs to.</param>
    /// <param name="token">Cancels.</param>
    /// <returns>The model, null where nothing can be generated; and all rules that the declaration breaks.</returns>
    public static (WireStructModel? Model, EquatableArray<Violation> Violations) Build(
        INamedTypeSymbol type,
        Compilation compilation,
        CancellationToken token)
    {
        if (type.TypeKind != TypeKind.Struct || type.FindAttribute(Known.Root, Known.WireStructAttribute) is not { } attribute)
        {
            return default;
        }

        var violations = new Violations();
        Location location = Symbols.DeclarationLocation(attribute, type, token);
        bool canBeExtended = TypeModelBuilder.CanBeExtended(type, location, violations, token);
        if (type.IsRefLikeType)
        {
            violations.Add(RuleIds.StateOutsideLayout, location, type.ShortName(), "the modifier 'ref'", "remove it: a wire struct is a member of other types");
        }

        if (!canBeExtended || type.IsRefLikeType)
        {
            return (null, violations.ToArray());
        }

        IMethodSymbol? primary = MessageState.PrimaryConstructor(type, token);
        bool isPositional = primary is not null && type.IsRecord;
        IFieldSymbol[] state = isPositional ? MessageState.InOrderOfParameters(primary!, type) : MessageState.InOrderOfSource(type);
        LayoutRules.CheckLayout(type, primary, location, violations, token);
        LayoutRules.CheckTails(type, violations);
        MessageRules.CheckByteOrder(type, location, violations);
        token.ThrowIfCancellationRequested();

        bool? isBigEndian = type.Has(Known.BigEndianAttribute) ? true : type.Has(Known.LittleEndianAttribute) ? false : null;
        MemberModel[] members = [.. new MemberBuilder(type, state, isBigEndian, hasParts: false, header: null).Build()];
        MemberRules.Check(type, state, members, MessageModelBuilder.AllowsUnsafe(compilation), isInWireStruct: true, violations);
        CheckFixed(type, state, violations);
        if (type.IsRefLikeType)
        {
            return (null, violations.ToArray()); // No contract has a place for it.
        }

        LayoutModel layout = MessageModelBuilder.BuildLayout(type, state, members, isPositional, WireStructs.SizeOfState(type), isExtensible: false);
        LayoutRules.CheckReadingConstructor(type, layout, shape: null, violations);
        return (new WireStructModel(layout, type.ShortName(), violations.FirstRule), violations.ToArray());
    }

    private static void CheckFixed(INamedTypeSymbol type, IFieldSymbol[] state, Violations violations)
    {
        foreach (IFieldSymbol field in state)
        {
            ISymbol declared = MessageState.Declared(field);
            if (MemberAttributes.Has(field, Known.OmittableAttribute))
            {
                violations.Add(RuleIds.WireStructNotFixed, declared.SourceLocation(), declared.Name, type.ShortName(), field.Type.ShortName());
            }
        }
    }
}
