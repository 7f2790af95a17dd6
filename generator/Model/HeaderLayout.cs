using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace QContinuum.Generator.Model;

/// <summary>Reads the parameters of a header into fields, and gives each its place.</summary>
internal sealed class HeaderLayout(AttributeData header, IParameterSymbol[] parameters, Violations violations)
{
    private const int BigEndian = 1; // QContinuum.ByteOrder.BigEndian
    private const int MostSignificantFirst = 1; // QContinuum.BitOrder.MostSignificantFirst
    private const int LeastSignificantFirst = 2; // QContinuum.BitOrder.LeastSignificantFirst

    private readonly bool _isBigEndian = header.ConstructorArguments is [{ Value: BigEndian }];
    private readonly HashSet<string> _parameterNames = new(StringComparer.Ordinal);

    /// <summary>Bytes before the body.</summary>
    public int Size { get; private set; }

    /// <summary>Bytes behind the body.</summary>
    public int TrailerSize { get; private set; }

    /// <summary>The offset of the first id in the body, or the size of the header.</summary>
    public int BodyOffset { get; private set; }

    private bool IsMostSignificantFirst => header.Named("BitOrder") switch
    {
        MostSignificantFirst => true,
        LeastSignificantFirst => false,
        _ => _isBigEndian,
    };

    public HeaderFieldModel[] Read()
    {
        int firstInTrailer = Array.FindIndex(parameters, static parameter => parameter.Has(Known.TrailerAttribute));
        int count = firstInTrailer < 0 ? parameters.Length : firstInTrailer;
        var places = new (int Offset, BitsModel? Bits)[parameters.Length];
        Size = Place(0, count, places);
        TrailerSize = Place(count, parameters.Length, places);
        int inBody = Array.FindIndex(parameters, static parameter => parameter.FindAttribute(Known.Root, Known.MessageIdAttribute)?.Named("InBody") is true);
        BodyOffset = inBody < 0 || inBody >= count ? Size : places[inBody].Offset;
        return [.. parameters.Select((parameter, index) => Field(parameter, places[index].Offset, places[index].Bits, index >= count))];
    }

    /// <summary>Gives the fields from one index to another their places.</summary>
    /// <returns>Bytes that they take.</returns>
    private int Place(int from, int to, (int Offset, BitsModel? Bits)[] places)
    {
        int offset = 0;
        for (int index = from; index < to;)
        {
            int end = index;
            while (end < to && BitsOf(parameters[end]) is not null)
            {
                end++;
            }

            if (end == index)
            {
                places[index] = (offset, null);
                offset += WireTypes.Of(parameters[index].Type).Size();
                index++;
                continue;
            }

            int[] counts = [.. parameters.Skip(index).Take(end - index).Select(static parameter => BitsOf(parameter)!.Value)];
            bool isBigEndian = IsBigEndian(parameters[index]);
            BitsModel[]? run = counts.All(static count => count is > 0 and <= BitRun.MaxBits)
                ? BitRun.Lay(counts, offset, isBigEndian, IsMostSignificantFirst)
                : null;
            if (run is null)
            {
                string problem = $"'{parameters[index].Name}' and its neighbours have {counts.Sum()} bits together, and must have a whole number of bytes, 8 at most";
                violations.Add(RuleIds.BitsDoNotFit, parameters[index].SourceLocation(), parameters[index].Name, problem);
            }

            for (int bit = index; bit < end; bit++)
            {
                places[bit] = (offset, run?[bit - index] ?? new BitsModel(offset, 1, isBigEndian, 0, 1));
            }

            offset += run?[0].Bytes ?? 1;
            index = end;
        }

        return offset;
    }

    private HeaderFieldModel Field(IParameterSymbol parameter, int offset, BitsModel? bits, bool isTrailer)
    {
        WireType wire = WireTypes.Of(parameter.Type);
        AttributeData? id = parameter.FindAttribute(Known.Root, Known.MessageIdAttribute);
        AttributeData? reply = parameter.FindAttribute(Known.Root, Known.ReplyFlagAttribute);
        AttributeData? fault = parameter.FindAttribute(Known.Root, Known.FaultAttribute);
        int width = wire == WireType.Boolean ? 1 : bits?.Count ?? Math.Min(wire.Size() * 8, BitRun.MaxBits);
        ulong all = MaskOf(width);
        return new HeaderFieldModel(
            Symbols.Escape(parameter.Name),
            ParameterName(parameter.Name),
            parameter.Type.CanBeNamed() ? parameter.Type.FullName() : "",
            wire,
            parameter.Type.TypeKind == TypeKind.Enum,
            offset,
            IsBigEndian(parameter),
            bits,
            isTrailer,
            parameter.Has(Known.ReservedAttribute),
            parameter.Has(Known.CorrelationAttribute),
            parameter.Has(Known.CopiedAttribute),
            ConstantReader.Read(parameter),
            parameter.FindAttribute(Known.Root, Known.RepeatsAttribute) is { ConstructorArguments: [{ Value: string other }] } ? Symbols.Escape(other) : null,
            id is null ? null : Mask(id, all),
            reply is null ? null : Mask(reply, all),
            fault is null ? null : Mask(fault, all),
            width > 1 && fault is not null && !HasMask(fault),
            LengthReader.Read(parameter, Size, BodyOffset, TrailerSize),
            ChecksumOf(parameter));
    }

    private bool IsBigEndian(IParameterSymbol parameter)
        => parameter.Has(Known.BigEndianAttribute) || (_isBigEndian && !parameter.Has(Known.LittleEndianAttribute));

    /// <summary>The name with a small first letter, numbered where it is taken.</summary>
    private string ParameterName(string field)
    {
        string bare = field.TrimStart('_');
        string stem = bare.Length == 0 ? field : char.ToLowerInvariant(bare[0]) + bare.Substring(1);
        string name = SyntaxFacts.IsValidIdentifier(stem) ? stem : field;
        while (!_parameterNames.Add(name))
        {
            name += "_";
        }

        return Symbols.Escape(name);
    }

    private static ChecksumModel? ChecksumOf(IParameterSymbol parameter)
    {
        if (parameter.FindAttribute(Known.Root, Known.ChecksumAttribute) is not { ConstructorArguments: [{ Type: { } algorithms, Value: int algorithm }] } attribute)
        {
            return null;
        }

        string name = algorithms.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => field.ConstantValue is int value && value == algorithm)?.Name ?? "Crc32C";
        ChecksumRange over = attribute.Named("Over") is int range ? (ChecksumRange)range : ChecksumRange.Default;
        return new ChecksumModel(name, over, attribute.Named("From") is int from ? from : 0);
    }

    private static bool HasMask(AttributeData attribute) => attribute.Named("Mask") is ulong and not 0;

    private static ulong Mask(AttributeData attribute, ulong all) => attribute.Named("Mask") is ulong mask and not 0 ? mask : all;

    private static ulong MaskOf(int bits) => bits >= BitRun.MaxBits ? ulong.MaxValue : (1UL << bits) - 1;

    private static int? BitsOf(IParameterSymbol parameter)
        => parameter.FindAttribute(Known.Root, Known.BitsAttribute) is { ConstructorArguments: [{ Value: int count }] } ? count : null;
}
