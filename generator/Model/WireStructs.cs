using Microsoft.CodeAnalysis;

namespace QContinuum.Generator.Model;

/// <summary>Structs within messages, as those who use them see them.</summary>
internal static class WireStructs
{
    // No declaration that compiles is deeper; one that does not must not end the generator.
    private const int MaxDepth = 32;

    /// <summary>Whether a type is one for which something is generated: of any other, generated code could only fail to compile.</summary>
    public static bool IsWireStruct(ITypeSymbol type)
        => type is INamedTypeSymbol { TypeKind: TypeKind.Struct } named
            && named.Has(Known.WireStructAttribute)
            && !TypeModelBuilder.IsGenericOrFileLocal(named)
            && TypeModelBuilder.IsPartial(named, CancellationToken.None);

    /// <summary>Bytes of a type on the wire; 0 where it has no fixed size.</summary>
    public static int SizeOf(ITypeSymbol type) => SizeOf(type, 0);

    /// <summary>Bytes of all members of a type.</summary>
    public static int SizeOfState(INamedTypeSymbol type) => SizeOfState(type, 0);

    private static int SizeOf(ITypeSymbol type, int depth)
        => WireTypes.Of(type).Size() is > 0 and int size ? size
            : depth < MaxDepth && IsWireStruct(type) ? SizeOfState((INamedTypeSymbol)type, depth + 1)
            : 0;

    private static int SizeOfState(INamedTypeSymbol type, int depth)
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
            bytes += MemberAttributes.PartTypeOf(field.Type) is null ? SizeOf(element, depth) * elements : 0;
        }

        return bytes + ((bits + 7) / 8);
    }
}
