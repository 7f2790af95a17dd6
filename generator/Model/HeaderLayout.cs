using Microsoft.CodeAnalysis;

namespace QContinuum.Generator.Model;

/// <summary>Lays out the fields of a header: one behind the other, in the order of the parameters, without padding.</summary>
internal static class HeaderLayout
{
    private const int BigEndian = 1; // QContinuum.ByteOrder.BigEndian
    private const int MostSignificantFirst = 1; // QContinuum.BitOrder.MostSignificantFirst
    private const int OfByteOrder = 0; // QContinuum.BitOrder.OfByteOrder

    public static HeaderFieldModel[] Lay(
        IParameterSymbol[] parameters,
        AttributeData attribute,
        INamedTypeSymbol type,
        Violations violations,
        HashSet<string> names)
    {
        bool isBigEndian = attribute.ConstructorArguments is [{ Value: BigEndian }];
        HeaderFieldModel[] fields = [.. parameters.Select(parameter => HeaderFields.Read(parameter, parameters, IsBigEndian(parameter, isBigEndian), type, names))];
        int offset = 0;
        bool isTrailer = false;
        for (int index = 0; index < fields.Length;)
        {
            if (!isTrailer && fields[index].Is(HeaderRoles.Trailer))
            {
                isTrailer = true;
                offset = 0;
            }

            int end = EndOfRun(parameters, fields, index);
            if (end == index)
            {
                fields[index] = fields[index] with { Offset = offset };
                offset += fields[index].Wire.Size();
                index++;
                continue;
            }

            offset += LayRun(parameters, fields, index, end, offset, attribute.Number("BitOrder"), violations);
            index = end;
        }

        return fields;
    }

    /// <summary>Bytes of the header, or of its trailer.</summary>
    public static int SizeOf(IEnumerable<HeaderFieldModel> fields, bool trailer)
        => fields
            .Where(field => field.Is(HeaderRoles.Trailer) == trailer)
            .Select(static field => field.Offset + (field.Bits?.Bytes ?? field.Wire.Size()))
            .DefaultIfEmpty()
            .Max();

    private static bool IsBigEndian(IParameterSymbol parameter, bool ofHeader)
        => parameter.Has(Known.BigEndianAttribute) || (ofHeader && !parameter.Has(Known.LittleEndianAttribute));

    // The index behind the neighbours with [Bits] that begin here; the index itself where none do.
    private static int EndOfRun(IParameterSymbol[] parameters, HeaderFieldModel[] fields, int start)
    {
        int end = start;
        while (end < fields.Length && parameters[end].Has(Known.BitsAttribute) && fields[end].Is(HeaderRoles.Trailer) == fields[start].Is(HeaderRoles.Trailer))
        {
            end++;
        }

        return end;
    }

    /// <summary>Lays out neighbours with [Bits]; those that do not fit stand at the offset as if they had no bits.</summary>
    /// <returns>Bytes that they take together.</returns>
    private static int LayRun(
        IParameterSymbol[] parameters, HeaderFieldModel[] fields, int start, int end, int offset, int bitOrder, Violations violations)
    {
        int[] counts = [.. parameters.Skip(start).Take(end - start).Select(HeaderFields.BitsOf)];
        HeaderFieldModel first = fields[start];
        bool isMostSignificantFirst = bitOrder == OfByteOrder ? first.IsBigEndian : bitOrder == MostSignificantFirst;
        BitsModel[]? places = HeaderRules.CheckRun(parameters, fields, start, counts, violations)
            ? BitRun.Lay(counts, offset, first.IsBigEndian, isMostSignificantFirst)
            : null;
        for (int index = start; index < end; index++)
        {
            fields[index] = fields[index] with { Offset = offset, Bits = places?[index - start] };
        }

        return places is null ? 0 : places[0].Bytes;
    }
}
