using System.Globalization;
using Microsoft.CodeAnalysis;
using static System.FormattableString;

namespace QContinuum.Generator.Model;

/// <summary>The rules for headers.</summary>
internal static class HeaderRules
{
    private const string SmallIntegers = "use an integer of 1, 2, 3, 4 or 8 bytes";

    public static void CheckType(INamedTypeSymbol type, IParameterSymbol[] parameters, Location location, Violations violations)
    {
        if (ImplementsByHand(type))
        {
            violations.Add(RuleIds.NameTaken, location, $"IHeader<{type.Name}>", type.ShortName());
        }

        string? advice = !type.IsRecord || type.IsRefLikeType ? "make it a partial record struct, with a parameter for each field"
            : parameters.Length == 0 ? "give it a parameter for each field"
            : parameters.All(static parameter => parameter.Has(Known.TrailerAttribute)) ? "give it a field that stands before the body"
            : OtherState(type, parameters) is { } other ? $"make '{other}' a parameter, or compute it from them"
            : parameters.FirstOrDefault(parameter => !HasState(type, parameter)) is { } lost ? $"let the record declare the property of '{lost.Name}'"
            : null;
        if (advice is not null)
        {
            violations.Add(RuleIds.HeaderKind, location, type.ShortName(), advice);
        }
    }

    /// <summary>Whether the user wrote the members of the interface.</summary>
    public static bool ImplementsByHand(INamedTypeSymbol type)
        => type.GetMembers().Any(static member => !member.IsGenerated() && member switch
        {
            IMethodSymbol { AssociatedSymbol: null } method => method.ExplicitInterfaceImplementations.Any(IsOfHeader),
            IPropertySymbol property => property.ExplicitInterfaceImplementations.Any(IsOfHeader),
            _ => false,
        });

    public static void CheckFields(INamedTypeSymbol type, IParameterSymbol[] parameters, HeaderFieldModel[] fields, Violations violations)
    {
        bool isTrailer = false;
        bool isInBody = false;
        for (int index = 0; index < fields.Length; index++)
        {
            HeaderFieldModel field = fields[index];
            IParameterSymbol parameter = parameters[index];
            Location location = parameter.SourceLocation();
            CheckType(type, parameter, field, violations);
            CheckRoles(type, parameters, fields, index, violations);
            CheckMasks(type, parameter, field, violations);
            CheckConstants(parameter, field, violations);
            CheckReference(parameters, fields, index, violations);
            if (parameter.Has(Known.BigEndianAttribute) && parameter.Has(Known.LittleEndianAttribute))
            {
                violations.Add(RuleIds.ConflictingByteOrder, location, parameter.Name);
            }

            if (parameter.Type.IsUnusable())
            {
                violations.Add(RuleIds.UnusableMember, location, parameter.Name, type.ShortName());
            }

            if ((isTrailer && !field.Is(HeaderRoles.Trailer)) || (field.Is(HeaderRoles.Trailer) && field.Is(HeaderRoles.NotInTrailer)))
            {
                violations.Add(RuleIds.MisplacedTrailer, location, parameter.Name, type.ShortName());
            }

            if (isInBody && !field.Is(HeaderRoles.InBody | HeaderRoles.Trailer))
            {
                int id = Array.FindLastIndex(fields, index, static candidate => candidate.Is(HeaderRoles.InBody));
                violations.Add(RuleIds.MisplacedBodyId, parameters[id].SourceLocation(), parameters[id].Name, type.ShortName());
                isInBody = false;
            }

            isTrailer |= field.Is(HeaderRoles.Trailer);
            isInBody |= field.Is(HeaderRoles.InBody);
        }
    }

    /// <summary>Checks neighbours with [Bits].</summary>
    /// <returns>Whether they can be laid out.</returns>
    public static bool CheckRun(IParameterSymbol[] parameters, HeaderFieldModel[] fields, int start, int[] counts, Violations violations)
    {
        bool fits = true;
        for (int index = start; index < start + counts.Length; index++)
        {
            WireType wire = fields[index].Wire;
            int most = wire.Size() * 8;
            string? problem = wire != WireType.Boolean && !wire.IsSmallInteger() ? $"{parameters[index].Type.ShortName()} is no integer, bool or enum of up to 8 bytes"
                : counts[index - start] < 1 || counts[index - start] > most ? Invariant($"a {parameters[index].Type.ShortName()} takes 1 to {most} bits")
                : fields[index].IsBigEndian != fields[start].IsBigEndian ? $"it has another byte order than '{parameters[start].Name}', with which it shares bytes"
                : null;
            if (problem is not null)
            {
                violations.Add(RuleIds.BitsDoNotFit, parameters[index].SourceLocation(), parameters[index].Name, problem);
                fits = false;
            }
        }

        int total = counts.Sum();
        if (fits && (total % 8 != 0 || total > BitRun.MaxBits))
        {
            string problem = Invariant($"with its neighbours it has {total} bits; make them 8, 16, 24, 32, 40, 48, 56 or 64");
            violations.Add(RuleIds.BitsDoNotFit, parameters[start].SourceLocation(), parameters[start].Name, problem);
            fits = false;
        }

        return fits;
    }

    private static void CheckType(INamedTypeSymbol type, IParameterSymbol parameter, HeaderFieldModel field, Violations violations)
    {
        bool isNumber = field.Wire.IsSmallInteger();
        bool isPlain = isNumber && !field.IsEnum;
        string? advice = field.Wire == WireType.None || field.Type.Length == 0 || parameter.RefKind != RefKind.None
                ? "use an integer, bool, enum, floating-point number or Guid, by value"
            : field.Is(HeaderRoles.Length | HeaderRoles.Correlation) && !isPlain ? SmallIntegers
            : field.Is(HeaderRoles.MessageId) && !isNumber ? "use an integer or enum of up to 8 bytes"
            : field.Is(HeaderRoles.Checksum) && (!isPlain || parameter.Has(Known.BitsAttribute)) ? SmallIntegers + ", without [Bits]"
            : field.Is(HeaderRoles.Constant | HeaderRoles.ReplyFlag | HeaderRoles.Fault) && !isNumber && field.Wire != WireType.Boolean
                ? "use an integer, bool or enum of up to 8 bytes"
            : null;
        if (advice is not null)
        {
            violations.Add(RuleIds.HeaderFieldType, parameter.SourceLocation(), parameter.Name, type.ShortName(), parameter.Type.ShortName(), advice);
        }
        else if (field.Checksum is { } checksum && WidthsOf(checksum.Algorithm) is var widths && !widths.Contains(field.Wire.Size()))
        {
            string bytes = widths.Length == 1 ? Invariant($"{widths[0]}") : "1, 2, 4 or 8";
            violations.Add(RuleIds.ChecksumWidth, parameter.SourceLocation(), parameter.Name, checksum.Algorithm, bytes);
        }
    }

    private static int[] WidthsOf(string algorithm) => algorithm switch
    {
        "Crc32C" or "Crc32" => [4],
        "Crc16Modbus" => [2],
        "Xor" => [1],
        _ => [1, 2, 4, 8],
    };

    private static void CheckRoles(INamedTypeSymbol type, IParameterSymbol[] parameters, HeaderFieldModel[] fields, int index, Violations violations)
    {
        HeaderFieldModel field = fields[index];
        HeaderRoles exclusive = field.Roles & HeaderRoles.Exclusive;
        bool isFlag = field.Is(HeaderRoles.ReplyFlag | HeaderRoles.Fault);
        string? problem = (exclusive & (exclusive - 1)) != 0 ? $"it has the roles {exclusive}; keep one"
            : isFlag && (exclusive & ~HeaderRoles.MessageId) != 0 ? $"it is a flag and has the role {exclusive}; use two fields"
            : field.Is(HeaderRoles.Copied) && (exclusive & ~(HeaderRoles.MessageId | HeaderRoles.Correlation)) != 0 ? $"it is {exclusive}; remove [Copied]"
            : Second(HeaderRoles.MessageId, 2) ? "two fields make the id already; an id has no third part"
            : Second(HeaderRoles.Correlation, 1) ? "another field is the correlation; keep one"
            : Second(HeaderRoles.ReplyFlag, 1) ? "another field is the reply flag; keep one"
            : Second(HeaderRoles.Fault, 1) ? "another field tells faults; keep one"
            : field.Is(HeaderRoles.MessageId) && fields.Where(static one => one.Is(HeaderRoles.MessageId)).Sum(static one => one.Width) > 64
                && fields.Take(index).Any(static one => one.Is(HeaderRoles.MessageId)) ? "both parts of the id have more than 64 bits; use smaller types"
            : null;
        if (problem is not null)
        {
            violations.Add(RuleIds.ConflictingRoles, parameters[index].SourceLocation(), parameters[index].Name, type.ShortName(), problem);
        }

        bool Second(HeaderRoles role, int most) => field.Is(role) && fields.Take(index).Count(one => one.Is(role)) >= most;
    }

    private static void CheckMasks(INamedTypeSymbol type, IParameterSymbol parameter, HeaderFieldModel field, Violations violations)
    {
        HeaderMasks masks = field.Masks;
        bool hasReplyMask = HeaderFields.Find(parameter, Known.ReplyFlagAttribute) is not { } flag || flag.Mask() != 0;
        string? problem = field.Wire == WireType.None ? null
            : ((masks.Id | masks.Reply | masks.Fault) & ~field.AllBits) != 0 ? Invariant($"it has bits beyond the {field.Width} of the field")
            : (masks.Id & masks.Reply) != 0 ? "[MessageId] and [ReplyFlag] share bits; give each a Mask of its own"
            : (masks.Id & masks.Fault) != 0 ? "[MessageId] and [Fault] share bits; give each a Mask of its own"
            : (masks.Reply & masks.Fault) != 0 ? "[ReplyFlag] and [Fault] share bits; give each a Mask of its own"
            : !hasReplyMask && field.Wire != WireType.Boolean && field.Width != 1 ? "[ReplyFlag] on a field of several bits needs a Mask"
            : null;
        if (problem is not null)
        {
            violations.Add(RuleIds.MaskOutsideField, parameter.SourceLocation(), parameter.Name, type.ShortName(), problem);
        }
    }

    private static void CheckConstants(IParameterSymbol parameter, HeaderFieldModel field, Violations violations)
    {
        if (HeaderFields.Find(parameter, Known.ConstantAttribute) is not { } attribute)
        {
            return;
        }

        foreach (TypedConstant value in attribute.ConstructorArguments.Take(1).Concat(attribute.Named("Reply") is { } reply ? [reply] : []))
        {
            if (field.Wire != WireType.None && !Fits(value, field))
            {
                string text = Convert.ToString(value.Value, CultureInfo.InvariantCulture)!;
                violations.Add(RuleIds.ConstantOutOfRange, parameter.SourceLocation(), text, parameter.Name, parameter.Type.ShortName());
            }
        }
    }

    private static bool Fits(TypedConstant value, HeaderFieldModel field)
    {
        int width = field.Wire == WireType.Boolean ? 1 : field.Width;
        if (width is < 1 or > 64)
        {
            return true;
        }

        decimal number = value.Value is ulong large ? large : value.Value is long small ? small : 0;
        return field.Wire.IsSigned()
            ? number >= -(decimal)HeaderMasks.Low(width - 1) - 1 && number <= HeaderMasks.Low(width - 1)
            : number >= 0 && number <= HeaderMasks.Low(width);
    }

    private static void CheckReference(IParameterSymbol[] parameters, HeaderFieldModel[] fields, int index, Violations violations)
    {
        if (HeaderFields.Find(parameters[index], Known.RepeatsAttribute) is not { } attribute)
        {
            return;
        }

        int target = fields[index].Repeats;
        string? problem = target < 0 ? "its header has no such field"
            : target >= index ? "it must stand before it"
            : !SymbolEqualityComparer.Default.Equals(parameters[target].Type, parameters[index].Type) || fields[target].Width != fields[index].Width
                ? "both must have the same type"
            : fields[index].Wire != WireType.Boolean && !fields[index].Wire.IsSmallInteger() ? "both must be integers, bools or enums of up to 8 bytes"
            : null;
        if (problem is not null)
        {
            string named = attribute.ConstructorArguments is [{ Value: string name }] ? name : "";
            violations.Add(RuleIds.UnknownReference, parameters[index].SourceLocation(), parameters[index].Name, named, problem);
        }
    }

    private static string? OtherState(INamedTypeSymbol type, IParameterSymbol[] parameters)
        => MessageState.Of(type)
            .Select(static field => MessageState.Declared(field).Name)
            .FirstOrDefault(name => !parameters.Any(parameter => parameter.Name == name));

    // In a referenced assembly a property has no field to be seen.
    private static bool HasState(INamedTypeSymbol type, IParameterSymbol parameter)
        => type.DeclaringSyntaxReferences.IsEmpty || MessageState.Of(type).Any(field => MessageState.Declared(field).Name == parameter.Name);

    private static bool IsOfHeader(ISymbol member) => member.ContainingType.Is(Known.Root, "IHeader`1");
}
