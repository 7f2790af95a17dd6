using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace QContinuum.Generator.Model;

/// <summary>What the attributes and the type of a member say. An attribute may stand on the field, on its auto-property or on its parameter.</summary>
internal static class MemberAttributes
{
    // Each member is asked for twenty attributes, and most have none. The symbols are of one compilation, and are not kept alive by this.
    private static readonly ConditionalWeakTable<IFieldSymbol, AttributeData[]> s_known = new();

    public static AttributeData? Find(IFieldSymbol field, string attribute)
    {
        foreach (AttributeData known in s_known.GetValue(field, static field => Read(field)))
        {
            if (known.AttributeClass!.MetadataName == attribute)
            {
                return known;
            }
        }

        return null;
    }

    public static bool Has(IFieldSymbol field, string attribute) => Find(field, attribute) is not null;

    public static int? BitsOf(IFieldSymbol field)
        => Find(field, Known.BitsAttribute) is { ConstructorArguments: [{ Value: int count }] } ? count : null;

    public static ConstantModel? ConstantOf(IFieldSymbol field)
        => Find(field, Known.ConstantAttribute) is { } attribute ? ConstantReader.Read(attribute) : null;

    /// <summary>The name in [SizedBy] or [CountedBy], and whether it counts elements.</summary>
    public static (string? Name, bool CountsElements) SizedByOf(IFieldSymbol field)
        => Find(field, Known.SizedByAttribute) is { ConstructorArguments: [{ Value: string bytes }] } ? (bytes, false)
            : Find(field, Known.CountedByAttribute) is { ConstructorArguments: [{ Value: string elements }] } ? (elements, true)
            : default;

    /// <summary>The elements of a span that can be a part of a message; null for every other type.</summary>
    public static ITypeSymbol? PartTypeOf(ITypeSymbol type)
        => type.IsByteSpan() || type.OriginalDefinition.Is(Known.Root, "WireSpan`1") ? ((INamedTypeSymbol)type).TypeArguments[0] : null;

    /// <summary>What a member of a fixed size is, the type of its elements, and how many it has.</summary>
    public static (MemberKind Kind, ITypeSymbol Element, int Count) FormatOf(IFieldSymbol field)
    {
        if (field is { IsFixedSizeBuffer: true, Type: IPointerTypeSymbol { PointedAtType: var pointed } })
        {
            return (MemberKind.FixedBuffer, pointed, field.FixedSize);
        }

        if (field.Type.SpecialType == SpecialType.None
            && field.Type.FindAttribute("System.Runtime.CompilerServices", "InlineArrayAttribute") is { ConstructorArguments: [{ Value: int length and > 0 }] }
            && MessageState.Of((INamedTypeSymbol)field.Type).FirstOrDefault() is { } element)
        {
            return (WireStructs.IsWireStruct(element.Type) ? MemberKind.StructArray : MemberKind.NumberArray, element.Type, length);
        }

        return (WireStructs.IsWireStruct(field.Type) ? MemberKind.Struct : MemberKind.Number, field.Type, 1);
    }

    private static AttributeData[] Read(IFieldSymbol field)
    {
        ISymbol declared = MessageState.Declared(field);
        IEnumerable<AttributeData> all = field.GetAttributes();
        if (!ReferenceEquals(declared, field))
        {
            all = all.Concat(declared.GetAttributes());
        }

        if (ParameterOf(field) is { } parameter)
        {
            all = all.Concat(parameter.GetAttributes());
        }

        return [.. all.Where(Symbols.IsOurs)];
    }

    private static IParameterSymbol? ParameterOf(IFieldSymbol field)
        => MessageState.Declared(field) is IPropertySymbol { ContainingType: { IsRecord: true } type } property
            ? FindParameter(type, property)
            : null;

    private static IParameterSymbol? FindParameter(INamedTypeSymbol type, IPropertySymbol property)
    {
        foreach (IMethodSymbol constructor in type.InstanceConstructors)
        {
            foreach (IParameterSymbol parameter in constructor.Parameters)
            {
                if (parameter.Name == property.Name && SymbolEqualityComparer.Default.Equals(parameter.Type, property.Type) && !constructor.IsGenerated())
                {
                    return parameter;
                }
            }
        }

        return null;
    }
}
