using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace QContinuum.Generator.Model;

/// <summary>Structs within messages, as those who use them see them.</summary>
internal static class WireStructs
{
    /// <summary>Whether a type is one for which something is generated: of any other, generated code could only fail to compile.</summary>
    public static bool IsWireStruct(ITypeSymbol type)
        => type is INamedTypeSymbol { SpecialType: SpecialType.None, TypeKind: TypeKind.Struct, IsRefLikeType: false } named
            && named.Has(Known.WireStructAttribute)
            && !TypeModelBuilder.IsGenericOrFileLocal(named)
            && TypeModelBuilder.IsPartial(named, CancellationToken.None);

    /// <summary>Bytes of a type on the wire; 0 where it has no fixed size.</summary>
    public static int SizeOf(ITypeSymbol type) => SizeOf(type, []);

    /// <summary>Bytes of all members of a type.</summary>
    public static int SizeOfState(INamedTypeSymbol type) => SizeOfState(type, [type]);

    // A struct that contains itself is the compiler's to refuse (CS0523); here it must come to an end.
    private static int SizeOf(ITypeSymbol type, ImmutableArray<ITypeSymbol> around)
        => WireTypes.Of(type).Size() is > 0 and int size ? size
            : IsWireStruct(type) && !around.Contains(type, SymbolEqualityComparer.Default) ? SizeOfStruct((INamedTypeSymbol)type, around.Add(type))
            : 0;

    // Of another assembly not every member can be seen; what was generated there has counted them.
    private static int SizeOfStruct(INamedTypeSymbol type, ImmutableArray<ITypeSymbol> around)
        => type.DeclaringSyntaxReferences.IsEmpty && type.FindAttribute(Known.Protocol, Known.WireSizeAttribute) is { ConstructorArguments: [{ Value: int size }] }
            ? size
            : SizeOfState(type, around);

    private static int SizeOfState(INamedTypeSymbol type, ImmutableArray<ITypeSymbol> around)
    {
        int bytes = 0;
        int bits = 0;
        foreach (IFieldSymbol field in MessageState.Of(type))
        {
            if (MemberAttributes.BitsOf(field) is { } count)
            {
                bits += count;
                continue;
            }

            (_, ITypeSymbol element, int elements) = MemberAttributes.FormatOf(field);
            bytes += MemberAttributes.PartTypeOf(field.Type) is null ? SizeOf(element, around) * elements : 0;
        }

        return bytes + ((bits + 7) / 8);
    }
}
