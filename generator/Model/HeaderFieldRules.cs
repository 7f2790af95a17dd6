using System.Globalization;
using Microsoft.CodeAnalysis;
using static System.FormattableString;

namespace QContinuum.Generator.Model;

/// <summary>The rules for one field of a header: its type, its roles, its numbers.</summary>
internal static class HeaderFieldRules
{
    private static readonly string[] s_ofMembers = [Known.OmittableAttribute, Known.ValidatedAttribute];
    private static readonly string[] s_ofFirstLength = ["CountsFrom", "Adjust", "CountsTrailer"];

    public static void Check(
        INamedTypeSymbol type,
        IParameterSymbol[] parameters,
        HeaderFieldModel[] fields,
        int index,
        int size,
        Violations violations)
    {
        IParameterSymbol parameter = parameters[index];
        HeaderFieldModel field = fields[index];
        Location location = parameter.SourceLocation();
        if (CheckType(type, parameter, field, location, violations))
        {
            CheckRoles(type, parameter, field, location, violations);
            CheckMasks(type, parameter, field, location, violations);
            CheckLength(type, parameters, fields, index, size, violations);
            CheckConstant(type, parameter, field, location, violations);
            CheckChecksum(type, parameter, field, size, location, violations);
            CheckRepeats(parameters, fields, index, location, violations);
        }

        foreach (string attribute in s_ofMembers.Where(attribute => parameter.Has(attribute)))
        {
            violations.Add(RuleIds.MeaninglessAttribute, location, parameter.Name, type.ShortName(), Symbols.Written(attribute), "a message");
        }

        CheckPlace(type, parameters, fields, index, location, violations);
        if (parameter.Has(Known.BigEndianAttribute) && parameter.Has(Known.LittleEndianAttribute))
        {
            violations.Add(RuleIds.ConflictingByteOrder, location, parameter.Name);
        }
    }

    private static bool CheckType(INamedTypeSymbol type, IParameterSymbol parameter, HeaderFieldModel field, Location location, Violations violations)
    {
        string? advice = field.Wire == WireType.None || parameter.RefKind != RefKind.None
                ? "use an integer, bool, enum, floating-point number or Guid"
            : field.Length is not null && (!field.Wire.IsSmallInteger() || field.IsEnum) ? "use an integer of 1, 2, 3, 4 or 8 bytes for a length"
            : field.IdMask is not null && !field.Wire.IsSmallInteger() ? "use an integer or enum of at most 8 bytes for an id"
            : field.IsCorrelation && (!field.Wire.IsSmallInteger() || field.IsEnum) ? "use an integer of at most 8 bytes for a correlation"
            : field.ReplyMask is not null && field.Wire != WireType.Boolean && !field.Wire.IsSmallInteger() ? "use a bool, or bits of an integer, for a flag"
            : field.FaultMask is not null && field.Wire != WireType.Boolean && !field.Wire.IsSmallInteger() ? "use a bool, integer or enum of at most 8 bytes for a fault"
            : field.Constant is not null && field.Wire != WireType.Boolean && !field.Wire.IsSmallInteger() ? "use a bool, or an integer or enum of at most 8 bytes, for a constant"
            : field.Checksum is not null && (!field.Wire.IsSmallInteger() || field.IsEnum) ? "use an integer for a checksum"
            : field.Bits is not null && field.Wire != WireType.Boolean && !field.Wire.IsSmallInteger() ? "use a bool, integer or enum of at most 8 bytes for bits"
            : null;
        if (advice is not null)
        {
            violations.Add(RuleIds.HeaderFieldType, location, parameter.Name, type.ShortName(), parameter.Type.ShortName(), advice);
        }
        else if (field.Bits is { } bits && bits.Count > (field.Wire == WireType.Boolean ? 1 : field.Wire.Size() * 8))
        {
            string most = field.Wire == WireType.Boolean ? "1" : (field.Wire.Size() * 8).ToString(CultureInfo.InvariantCulture);
            violations.Add(RuleIds.BitsDoNotFit, location, parameter.Name, Invariant($"a {parameter.Type.ShortName()} has at most {most}, not {bits.Count}"));
        }

        return advice is null;
    }

    private static void CheckRoles(INamedTypeSymbol type, IParameterSymbol parameter, HeaderFieldModel field, Location location, Violations violations)
    {
        // What says all of a field's value; id, flag and fault share one by their masks.
        (string Name, bool IsThere)[] whole =
        [
            ("[Length]", field.Length is not null),
            ("[Constant]", field.Constant is not null),
            ("[Reserved]", field.IsReserved),
            ("[Correlation]", field.IsCorrelation),
            ("[Repeats]", field.Repeats is not null),
            ("[Checksum]", field.Checksum is not null),
            ("[MessageId]", field.IdMask is not null),
            ("[ReplyFlag]", field.ReplyMask is not null && field.IdMask is null),
            ("[Fault]", field.FaultMask is not null && field.IdMask is null && field.ReplyMask is null),
        ];
        string[] there = [.. whole.Where(static role => role.IsThere).Select(static role => role.Name)];
        string? problem = there.Length > 1 ? $"{there[0]} and {there[1]} exclude each other; keep one of them"
            : field.IsCopied && there.Length == 1 && there[0] is not ("[Correlation]" or "[ReplyFlag]" or "[Fault]")
                ? $"{there[0]} is derived, so that [Copied] has nothing to copy; remove [Copied]"
            : null;
        if (problem is not null)
        {
            violations.Add(RuleIds.ConflictingRoles, location, parameter.Name, type.ShortName(), problem);
        }
    }

    private static void CheckMasks(INamedTypeSymbol type, IParameterSymbol parameter, HeaderFieldModel field, Location location, Violations violations)
    {
        ulong all = field.Width >= BitRun.MaxBits ? ulong.MaxValue : (1UL << field.Width) - 1;
        ulong taken = 0;
        if (field.ReplyMask is not null && field.Width > 1 && field.Wire != WireType.Boolean && parameter.FindAttribute(Known.Root, Known.ReplyFlagAttribute)?.Named("Mask") is null or 0UL)
        {
            string problem = Invariant($"of its {field.Width} bits none is named that tells a reply; give [ReplyFlag] a Mask, or a [Constant] a Reply where a value tells it");
            violations.Add(RuleIds.MaskOutsideField, location, parameter.Name, type.ShortName(), problem);
            return;
        }

        foreach (ulong mask in new[] { field.IdMask, field.ReplyMask, field.FaultMask }.OfType<ulong>())
        {
            string? problem = (mask & ~all) != 0 ? Invariant($"0x{mask:X} has bits that the field, of {field.Width} bits, has not")
                : (mask & taken) != 0 ? "two masks share bits; give each of [MessageId], [ReplyFlag] and [Fault] bits of its own"
                : null;
            if (problem is not null)
            {
                violations.Add(RuleIds.MaskOutsideField, location, parameter.Name, type.ShortName(), problem);
                return;
            }

            taken |= mask;
        }
    }

    private static void CheckLength(INamedTypeSymbol type, IParameterSymbol[] parameters, HeaderFieldModel[] fields, int index, int size, Violations violations)
    {
        IParameterSymbol parameter = parameters[index];
        if (parameter.FindAttribute(Known.Root, Known.LengthAttribute) is not { } attribute)
        {
            return;
        }

        HeaderFieldModel field = fields[index];
        bool isFirst = !fields.Take(index).Any(static other => other.Length is not null);
        string? ofFirst = s_ofFirstLength.FirstOrDefault(name => attribute.Named(name) is not null);
        string? problem = attribute.Named("CountsFrom") is int from && (from < 0 || from > size)
                ? Invariant($"CountsFrom is {from}, and must be an offset in the header, from 0 to {size}")
            : field.Length!.Scale is < 1 or > LengthReader.MaxScale
                ? Invariant($"Scale is {field.Length.Scale}, and must be from 1 to {LengthReader.MaxScale}")
            : attribute.Named("CountsTrailer") is true && !fields.Any(static other => other.IsTrailer)
                ? "CountsTrailer is set, and no field is a trailer; mark those behind the body with [Trailer], or remove it"
            : !isFirst && ofFirst is not null ? $"its value is added to that of the first length, which alone says what it counts; move {ofFirst} there"
            : isFirst && LengthReader.MostStated(fields) < 0 ? "even its greatest value states less than an empty body; mend CountsFrom or Adjust"
            : null;
        if (problem is not null)
        {
            violations.Add(RuleIds.LengthArithmetic, parameter.SourceLocation(), parameter.Name, type.ShortName(), problem);
        }
    }

    private static void CheckConstant(INamedTypeSymbol type, IParameterSymbol parameter, HeaderFieldModel field, Location location, Violations violations)
    {
        CheckReplyConstant(type, parameter, field, location, violations);
        foreach (ulong value in new[] { field.Constant?.Value, field.Constant?.Reply }.OfType<ulong>())
        {
            if (!ConstantReader.Fits(value, field.Wire == WireType.Boolean ? 1 : field.Width, field.Wire.IsSigned()))
            {
                violations.Add(RuleIds.ConstantOutOfRange, location, Invariant($"0x{value:X}"), parameter.Name, parameter.Type.ShortName());
            }
        }
    }

    private static void CheckReplyConstant(INamedTypeSymbol type, IParameterSymbol parameter, HeaderFieldModel field, Location location, Violations violations)
    {
        if (field.Constant is { Reply: { } reply } constant && reply == constant.Value)
        {
            violations.Add(RuleIds.ConflictingRoles, location, parameter.Name, type.ShortName(), "replies have the same value, which tells nobody that they are replies; give them another one, or remove Reply");
        }
    }

    private static void CheckChecksum(INamedTypeSymbol type, IParameterSymbol parameter, HeaderFieldModel field, int size, Location location, Violations violations)
    {
        if (field.Checksum is not { } checksum)
        {
            return;
        }

        int bytes = checksum.Algorithm switch
        {
            "Crc32C" or "Crc32" => 4,
            "Crc16Modbus" => 2,
            "Xor" => 1,
            _ => 0,
        };
        if (field.Bits is not null || (bytes > 0 ? field.Bytes != bytes : field.Bytes is not (1 or 2 or 4 or 8)))
        {
            violations.Add(RuleIds.ChecksumWidth, location, parameter.Name, checksum.Algorithm, bytes > 0 ? Invariant($"{bytes}") : "1, 2, 4 or 8");
        }

        if (checksum.From < 0 || checksum.From > size)
        {
            violations.Add(RuleIds.ChecksumOutsideFrame, location, parameter.Name, type.ShortName(), Invariant($"{checksum.From}"), Invariant($"{size}"));
        }
    }

    private static void CheckRepeats(IParameterSymbol[] parameters, HeaderFieldModel[] fields, int index, Location location, Violations violations)
    {
        if (fields[index].Repeats is not { } name)
        {
            return;
        }

        int other = Array.FindIndex(fields, field => field.Name == name);
        string? problem = other < 0 ? "the header has no such field"
            : other >= index ? "it must stand before the field that repeats it"
            : fields[other].Wire != fields[index].Wire || fields[other].Width != fields[index].Width ? "the two have different types"
            : fields[other].IsTrailer != fields[index].IsTrailer ? "one is in the trailer, the other is not"
            : fields[other].Checksum is not null ? "a checksum cannot be repeated"
            : null;
        if (problem is not null)
        {
            violations.Add(RuleIds.UnknownReference, location, parameters[index].Name, name.TrimStart('@'), problem);
        }
    }

    private static void CheckPlace(
        INamedTypeSymbol type,
        IParameterSymbol[] parameters,
        HeaderFieldModel[] fields,
        int index,
        Location location,
        Violations violations)
    {
        HeaderFieldModel field = fields[index];
        bool isMarked = parameters[index].Has(Known.TrailerAttribute);
        bool hasHeaderRole = field.Length is not null || field.IdMask is not null || field.IsCorrelation || field.ReplyMask is not null
            || field.FaultMask is not null || field.IsCopied || field.Constant is { Reply: not null };
        if (field.IsTrailer && (!isMarked || hasHeaderRole))
        {
            violations.Add(RuleIds.MisplacedTrailer, location, parameters[index].Name, type.ShortName());
        }

        if (IsInBody(parameters[index]) && !field.IsTrailer && fields.Skip(index + 1).Where((next, distance) => !next.IsTrailer && !IsInBody(parameters[index + 1 + distance])).Any())
        {
            violations.Add(RuleIds.MisplacedBodyId, location, parameters[index].Name, type.ShortName());
        }
    }

    private static bool IsInBody(IParameterSymbol parameter)
        => parameter.FindAttribute(Known.Root, Known.MessageIdAttribute)?.Named("InBody") is true;
}
