using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace QContinuum.Generator.Model;

/// <summary>Reads what the attributes of a parameter say of a field.</summary>
internal static class HeaderFields
{
    private static readonly (string Attribute, HeaderRoles Role)[] RolesOfAttributes =
    [
        (Known.LengthAttribute, HeaderRoles.Length),
        (Known.RepeatsAttribute, HeaderRoles.Repeats),
        (Known.ConstantAttribute, HeaderRoles.Constant),
        (Known.ReservedAttribute, HeaderRoles.Reserved),
        (Known.MessageIdAttribute, HeaderRoles.MessageId),
        (Known.CorrelationAttribute, HeaderRoles.Correlation),
        (Known.ReplyFlagAttribute, HeaderRoles.ReplyFlag),
        (Known.FaultAttribute, HeaderRoles.Fault),
        (Known.CopiedAttribute, HeaderRoles.Copied),
        (Known.ChecksumAttribute, HeaderRoles.Checksum),
        (Known.TrailerAttribute, HeaderRoles.Trailer),
    ];

    // The names of QContinuum.ChecksumAlgorithm, in order.
    private static readonly string[] Algorithms = ["Crc32C", "Crc32", "Crc16Modbus", "Xor", "Sum"];

    public static HeaderFieldModel Read(
        IParameterSymbol parameter, IParameterSymbol[] parameters, bool isBigEndian, INamedTypeSymbol type, HashSet<string> names)
    {
        WireType wire = WireTypes.Of(parameter.Type);
        HeaderRoles roles = RolesOf(parameter);
        AttributeData? constant = Find(parameter, Known.ConstantAttribute);
        AttributeData? repeats = Find(parameter, Known.RepeatsAttribute);
        int width = parameter.Has(Known.BitsAttribute) ? BitsOf(parameter) : wire.Size() * 8;
        ulong all = HeaderMasks.Low(width);
        bool canBeNamed = parameter.Type.CanBeNamed() && SyntaxFacts.IsValidIdentifier(parameter.Name);
        return new HeaderFieldModel(
            Symbols.Escape(parameter.Name),
            ParameterName(parameter.Name, names),
            canBeNamed ? parameter.Type.FullName() : "",
            wire,
            parameter.Type.TypeKind == TypeKind.Enum,
            isBigEndian,
            Offset: 0,
            Bits: null,
            roles,
            MasksOf(parameter, all),
            constant is null ? null : ValueOf(constant.ConstructorArguments.FirstOrDefault()) & all,
            constant?.Named("Reply") is { Value: long reply } ? unchecked((ulong)reply) & all : null,
            Find(parameter, Known.LengthAttribute)?.Named("Scale")?.Value is int scale ? scale : 1,
            repeats?.ConstructorArguments is [{ Value: string named }] ? Array.FindIndex(parameters, other => other.Name == named) : -1,
            ChecksumOf(parameter));
    }

    public static AttributeData? Find(IParameterSymbol parameter, string attribute) => parameter.FindAttribute(Known.Root, attribute);

    /// <summary>The count in [Bits].</summary>
    public static int BitsOf(IParameterSymbol parameter)
        => Find(parameter, Known.BitsAttribute)?.ConstructorArguments is [{ Value: int count }] ? count : 0;

    /// <summary>The value of [Constant], a negative one sign-extended.</summary>
    public static ulong ValueOf(TypedConstant constant) => constant.Value switch
    {
        long value => unchecked((ulong)value),
        ulong value => value,
        _ => 0,
    };

    private static HeaderRoles RolesOf(IParameterSymbol parameter)
    {
        HeaderRoles roles = HeaderRoles.None;
        foreach ((string attribute, HeaderRoles role) in RolesOfAttributes)
        {
            roles |= parameter.Has(attribute) ? role : HeaderRoles.None;
        }

        return Find(parameter, Known.MessageIdAttribute)?.Flag("InBody") == true ? roles | HeaderRoles.InBody : roles;
    }

    private static HeaderMasks MasksOf(IParameterSymbol parameter, ulong all)
    {
        ulong fault = Find(parameter, Known.FaultAttribute)?.Mask() ?? 0;
        return new HeaderMasks(
            OfRole(Known.MessageIdAttribute),
            OfRole(Known.ReplyFlagAttribute),
            OfRole(Known.FaultAttribute),
            SetsFault: fault != 0);

        ulong OfRole(string attribute) => Find(parameter, attribute)?.Mask() switch
        {
            null => 0,
            0 => all,
            { } mask => mask,
        };
    }

    private static ChecksumModel? ChecksumOf(IParameterSymbol parameter)
        => Find(parameter, Known.ChecksumAttribute) is { ConstructorArguments: [{ Value: int algorithm }] } attribute
            && algorithm >= 0 && algorithm < Algorithms.Length
            ? new ChecksumModel(Algorithms[algorithm], (ChecksumCover)attribute.Number("Over"), Math.Max(0, attribute.Number("From")), Order: 0)
            : null;

    private static string ParameterName(string field, HashSet<string> taken)
    {
        string bare = field.TrimStart('_');
        string stem = bare.Length == 0 || !SyntaxFacts.IsIdentifierStartCharacter(bare[0]) ? field : char.ToLowerInvariant(bare[0]) + bare.Substring(1);
        string name = stem;
        for (int number = 2; !taken.Add(name); number++)
        {
            name = stem + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return Symbols.Escape(name);
    }
}
