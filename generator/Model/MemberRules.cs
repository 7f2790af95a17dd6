using System.Globalization;
using Microsoft.CodeAnalysis;
using static System.FormattableString;

namespace QContinuum.Generator.Model;

/// <summary>The rules for the members of messages and wire structs.</summary>
internal static class MemberRules
{
    private static readonly string[] s_ofHeaders =
    [
        Known.LengthAttribute, Known.MessageIdAttribute, Known.CorrelationAttribute, Known.ReplyFlagAttribute, Known.FaultAttribute,
        Known.CopiedAttribute, Known.ChecksumAttribute, Known.RepeatsAttribute, Known.TrailerAttribute,
    ];

    public static void Check(INamedTypeSymbol type, IFieldSymbol[] state, MemberModel[] members, bool allowsUnsafe, bool isInWireStruct, Violations violations)
    {
        bool canOmit = false;
        for (int index = 0; index < state.Length; index++)
        {
            IFieldSymbol field = state[index];
            MemberModel member = members[index];
            ISymbol declared = MessageState.Declared(field);
            Location location = declared.SourceLocation();
            LayoutRules.CheckMember(field, HasFormat(member) && (allowsUnsafe || member.Kind != MemberKind.FixedBuffer), isInWireStruct, violations);
            foreach (string attribute in s_ofHeaders.Where(attribute => MemberAttributes.Has(field, attribute)))
            {
                violations.Add(RuleIds.MeaninglessAttribute, location, declared.Name, type.ShortName(), Symbols.Written(attribute), "a header");
            }

            CheckPart(type, field, member, declared, location, violations);
            CheckCount(type, field, members, index, declared, location, violations);
            CheckBits(field, member, declared, location, violations);
            CheckConstant(field, member, declared, location, violations);
            if (MemberAttributes.Has(field, Known.ValidatedAttribute) && member.Valid is null)
            {
                violations.Add(RuleIds.ValidatedNotEnum, location, declared.Name, field.Type.ShortName());
            }

            if (canOmit && !member.IsOmittable && member.Part is not { Ends: PartEnd.Rest })
            {
                violations.Add(RuleIds.MisplacedOmittable, location, declared.Name, type.ShortName());
            }

            // Bits of a run are omitted together, with the first of them.
            canOmit |= member.IsOmittable;
            if (HasOtherOrder(field, member))
            {
                violations.Add(RuleIds.ConflictingByteOrder, location, declared.Name);
            }
        }
    }

    // Of both orders, or of another one than the bits before it, with which it shares a number.
    private static bool HasOtherOrder(IFieldSymbol field, MemberModel member)
        => (MemberAttributes.Has(field, Known.BigEndianAttribute) && member.IsBigEndian != true)
            || (MemberAttributes.Has(field, Known.LittleEndianAttribute) && member.IsBigEndian != false);

    private static bool HasFormat(MemberModel member) => member.Kind switch
    {
        MemberKind.Part or MemberKind.Struct or MemberKind.StructArray => true, // What is wrong with a struct, its own declaration says.
        MemberKind.NumberArray or MemberKind.FixedBuffer => IsElement(member.Wire),
        _ => member.Wire != WireType.None,
    };

    // What lies in memory as it does on the wire, but for its byte order.
    private static bool IsElement(WireType wire) => wire is not (WireType.None or WireType.Boolean or WireType.Int24 or WireType.UInt24 or WireType.Guid);

    private static void CheckPart(INamedTypeSymbol type, IFieldSymbol field, MemberModel member, ISymbol declared, Location location, Violations violations)
    {
        string[] ends =
        [
            .. new[] { Known.LengthPrefixAttribute, Known.ZeroTerminatedAttribute, Known.SizedByAttribute, Known.CountedByAttribute, Known.TailAttribute }
                .Where(attribute => MemberAttributes.Has(field, attribute)),
        ];
        bool isText = MemberAttributes.Has(field, Known.Utf8Attribute);
        bool isSpan = MemberAttributes.PartTypeOf(field.Type) is not null;
        if (!isSpan)
        {
            if (ends.Any(static end => end != Known.TailAttribute) || isText)
            {
                string advice = type.IsRefLikeType ? "declare it as ReadOnlySpan<byte>, or as WireSpan<T> for numbers" : $"make '{type.ShortName()}' a ref struct, and the member a span";
                violations.Add(RuleIds.VariablePart, location, declared.Name, type.ShortName(), advice);
            }

            return;
        }

        if (!type.IsRefLikeType)
        {
            return; // The compiler says so itself: CS8345.
        }

        string? problem = ends.Length > 1 ? "keep one of the attributes that say where it ends"
            : member.Part is { IsBytes: false } && !IsElement(member.Wire) ? "use a number of 1, 2, 4, 8 or 16 bytes as its element"
            : member.Part is { IsBytes: false } && (ends.Contains(Known.ZeroTerminatedAttribute) || isText) ? "declare it as ReadOnlySpan<byte>: text is bytes"
            : MemberAttributes.Find(field, Known.LengthPrefixAttribute) is { ConstructorArguments: [{ Value: int size }] } && size is < 1 or > 4
                ? "give its length 1, 2, 3 or 4 bytes"
            : member.IsDerived || member.Valid is not null ? "remove what is for numbers only: [Constant], [Reserved] or [Validated]"
            : null;
        if (problem is not null)
        {
            violations.Add(RuleIds.VariablePart, location, declared.Name, type.ShortName(), problem);
        }
        else if (ends.Length == 0)
        {
            violations.Add(RuleIds.OpenSpan, location, declared.Name, type.ShortName());
        }
    }

    private static void CheckCount(
        INamedTypeSymbol type,
        IFieldSymbol field,
        MemberModel[] members,
        int index,
        ISymbol declared,
        Location location,
        Violations violations)
    {
        if (!members[index].IsPart || MemberAttributes.SizedByOf(field).Name is not { } name)
        {
            return;
        }

        int other = Array.FindIndex(members, member => member.Name == Symbols.Escape(name));
        string? problem = other >= index ? "it must stand before the part"
            : other >= 0 ? CountProblem(members[other])
            : members[index].Part!.SizedByHeader is null ? HeaderCountProblem(type, name)
            : LengthProblem(MessageDeclaration.Of(type)?.HeaderSymbol, members, index, name);
        if (problem is not null)
        {
            violations.Add(RuleIds.UnknownReference, location, declared.Name, name, problem);
        }
    }

    // The first length of a header is what all of the body needs beyond what the others say: it sizes a part where it counts nothing else.
    private static string? LengthProblem(INamedTypeSymbol? header, MemberModel[] members, int index, string name)
    {
        if (header is null || HeaderFacts.Of(header).Limits is not { } limits || limits.Lengths.FirstOrDefault() != Symbols.Escape(name))
        {
            return null;
        }

        bool isRest = members.Where((_, other) => other != index).All(other => other.Part?.SizedByHeader is not null && limits.Lengths.Skip(1).Contains(other.Part.SizedBy));
        return isRest && limits.Length is null or { Scale: 1, Offset: 0 } ? null : "it counts other bytes as well; use [Tail] for what remains of the body";
    }

    private static string? CountProblem(MemberModel count)
        => count.Kind != MemberKind.Number || count.IsEnum || !count.Wire.IsSmallInteger() ? "it must be an integer of at most 8 bytes"
            : count.IsDerived ? "it is derived already: remove [Constant] or [Reserved]"
            : count.IsOmittable ? "it may be missing, and the part would have no length"
            : null;

    private static string HeaderCountProblem(INamedTypeSymbol type, string name)
        => HeaderCounts.IsInteger(MessageDeclaration.Of(type)?.Header, name)
            ? "the header gives that field a value of its own; use one that the sender chooses"
            : $"neither '{type.ShortName()}' nor its header has an integer of that name";

    private static void CheckBits(IFieldSymbol field, MemberModel member, ISymbol declared, Location location, Violations violations)
    {
        if (MemberAttributes.BitsOf(field) is not { } count || member.IsPart)
        {
            return;
        }

        int most = member.Wire == WireType.Boolean ? 1 : member.Wire.Size() * 8;
        string? problem = member.Wire != WireType.Boolean && !member.Wire.IsSmallInteger() ? $"a {field.Type.ShortName()} has no bits; use a bool, integer or enum"
            : count < 1 || count > most ? Invariant($"a {field.Type.ShortName()} has at most {most}, not {count}")
            : member is { Size: > 0, Bits.Bytes: 0 } ? "its neighbours and it must have a whole number of bytes together, 8 at most"
            : null;
        if (problem is not null)
        {
            violations.Add(RuleIds.BitsDoNotFit, location, declared.Name, problem);
        }
    }

    private static void CheckConstant(IFieldSymbol field, MemberModel member, ISymbol declared, Location location, Violations violations)
    {
        if (member.Constant is not { } constant || member.IsPart)
        {
            return;
        }

        int bits = member.Bits?.Count ?? member.Wire.Size() * 8;
        bool isNumber = member.Kind == MemberKind.Number && member.Wire.IsSmallInteger();
        if (!isNumber || !ConstantReader.Fits(constant.Value, bits, member.Wire.IsSigned()))
        {
            string value = "0x" + constant.Value.ToString("X", CultureInfo.InvariantCulture);
            violations.Add(RuleIds.ConstantOutOfRange, location, value, declared.Name, field.Type.ShortName());
        }
    }
}
