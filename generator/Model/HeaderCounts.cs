using Microsoft.CodeAnalysis;

namespace QContinuum.Generator.Model;

/// <summary>Fields of a header that say how long parts of a message are.</summary>
internal static class HeaderCounts
{
    // Written as something else than what the field holds.
    private static readonly string[] Derived =
        [Known.MessageIdAttribute, Known.ConstantAttribute, Known.ReservedAttribute, Known.RepeatsAttribute, Known.CorrelationAttribute, Known.ReplyFlagAttribute, Known.ChecksumAttribute];

    /// <summary>Reads a field; null where the header has no integer of that name, or a message cannot give it a value.</summary>
    public static HeaderCountModel? Of(ITypeSymbol? header, string name)
    {
        IParameterSymbol? field = header is null ? null : HeaderFacts.Fields(header).FirstOrDefault(field => field.Name == name);
        if (!IsInteger(header, name, out ITypeSymbol? type) || !CanBeSet(header!, name) || IsDerived(field))
        {
            return null;
        }

        WireType wire = WireTypes.Of(type!);
        int bits = field?.FindAttribute(Known.Root, Known.BitsAttribute) is { ConstructorArguments: [{ Value: int count }] } ? count : wire.Size() * 8;
        return new HeaderCountModel(type!.FullName(), wire, BitRun.Mask(wire.IsSigned() ? bits - 1 : bits));
    }

    /// <summary>Whether a header has an integer of that name, be it usable or not.</summary>
    public static bool IsInteger(ITypeSymbol? header, string name) => IsInteger(header, name, out _);

    private static bool IsInteger(ITypeSymbol? header, string name, out ITypeSymbol? type)
    {
        type = header?.GetMembers(name).OfType<IPropertySymbol>().FirstOrDefault()?.Type;
        return type is not null && type.TypeKind != TypeKind.Enum && WireTypes.Of(type).IsSmallInteger();
    }

    // Of the default header, the length is that of the body, and the id that of the message.
    private static bool CanBeSet(ITypeSymbol header, string name)
        => !header.Is(Known.Root, Known.MessageHeader)
            && header.GetMembers(name).OfType<IPropertySymbol>().First() is { SetMethod.DeclaredAccessibility: Accessibility.Public or Accessibility.Internal };

    private static bool IsDerived(IParameterSymbol? field)
        => field is not null
            && (Derived.Any(field.Has) || field.FindAttribute(Known.Root, Known.FaultAttribute)?.Named("Mask") is ulong and not 0);
}
