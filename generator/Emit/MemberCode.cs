using QContinuum.Generator.Model;
using static System.FormattableString;

namespace QContinuum.Generator.Emit;

/// <summary>How a member of a fixed size is read, checked and written.</summary>
internal static class MemberCode
{
    /// <summary>The parameter of a wire struct that says the byte order of members which say none.</summary>
    public const string OrderParameter = "isBigEndian";

    /// <summary>Reads a member of the run that begins at <paramref name="origin"/>.</summary>
    public static string Read(MemberModel member, string origin) => member.Kind switch
    {
        MemberKind.Struct => Invariant($"{Names.Wire}.ReadStruct<{member.Element}>(in {origin}, {member.Offset}, {Order(member)})"),
        MemberKind.StructArray => Invariant($"{Names.Wire}.ReadStructArray<{member.Type}, {member.Element}>(in {origin}, {member.Offset}, {member.Count}, {Order(member)})"),
        MemberKind.NumberArray => Invariant($"{Names.Wire}.ReadArray<{member.Type}, {member.Element}>(in {origin}, {member.Offset}, {member.Count}, {ByteOrder(member)})"),
        MemberKind.FixedBuffer => Invariant($"{Names.Wire}.ReadNumbers<{member.Element}>(in {origin}, {member.Offset}, {member.Count}, {ByteOrder(member)})"),
        _ => ReadNumber(member, origin),
    };

    /// <summary>What must hold of the bytes of a member.</summary>
    public static IEnumerable<string> Conditions(MemberModel member, string origin)
    {
        if (member.IsReserved)
        {
            yield break; // Its value is not looked at.
        }

        if (member.Kind == MemberKind.Struct)
        {
            yield return Invariant($"{Names.Wire}.IsValidStruct<{member.Element}>(in {origin}, {member.Offset}, {Order(member)})");
        }
        else if (member.Kind == MemberKind.StructArray)
        {
            yield return Invariant($"{Names.Wire}.AreValidStructs<{member.Element}>(in {origin}, {member.Offset}, {member.Count}, {Order(member)})");
        }

        if (member.Constant is { } constant)
        {
            yield return $"{Numbers.ToBits(member.Wire, member.IsEnum, ReadNumber(member, origin))} == {Numbers.Literal(constant.Value & Whole(member))}";
        }

        if (member.Valid is { Pattern.Length: > 0 } valid)
        {
            yield return $"({member.Wire.Keyword()}){ReadNumber(member, origin)} is {valid.Pattern}";
        }
        else if (member.Valid is { } flags && (Whole(member) & ~flags.Flags) is > 0 and ulong undeclared)
        {
            yield return $"({Numbers.ToBits(member.Wire, member.IsEnum, ReadNumber(member, origin))} & {Numbers.Literal(undeclared)}) == 0";
        }
    }

    /// <summary>Writes the members of a run, whose values are given.</summary>
    public static void Write(IEnumerable<MemberModel> members, string origin, Func<MemberModel, string> valueOf, CodeWriter code)
    {
        MemberModel[] all = [.. members];
        foreach (MemberModel member in all.Where(static member => member.Bits is null))
        {
            code.Line(WriteWhole(member, origin, valueOf));
        }

        foreach (IGrouping<int, MemberModel> run in all.Where(static member => member.Bits is not null).GroupBy(static member => member.Bits!.Offset))
        {
            string[] parts = [.. run.Where(static member => !member.IsReserved).Select(
                member => Numbers.Insert(member.Bits!, member.Wire, member.IsEnum, ValueOf(member, valueOf)))];
            string bits = parts.Length == 0 ? "0UL" : string.Join(" | ", parts);
            BitsModel place = run.First().Bits!;
            code.Line(IsOrderOpen(run.First())
                ? $"if ({OrderParameter}) {{ {Numbers.WriteRun(Lay(run, true), origin, Bits(run, true, valueOf))} }} else {{ {Numbers.WriteRun(Lay(run, false), origin, Bits(run, false, valueOf))} }}"
                : Numbers.WriteRun(place, origin, bits));
        }
    }

    /// <summary>The byte order of a member, as a value of <c>ByteOrder</c>.</summary>
    public static string ByteOrder(MemberModel member) => member.IsBigEndian switch
    {
        true => $"{Names.ByteOrder}.BigEndian",
        false => $"{Names.ByteOrder}.LittleEndian",
        null => $"({OrderParameter} ? {Names.ByteOrder}.BigEndian : {Names.ByteOrder}.LittleEndian)",
    };

    /// <summary>Whether the byte order of a member is that of what is around it, and matters.</summary>
    public static bool IsOrderOpen(MemberModel member) => member.IsBigEndian is null;

    private static string Order(MemberModel member) => member.IsBigEndian switch
    {
        true => "true",
        false => "false",
        null => OrderParameter,
    };

    private static string ReadNumber(MemberModel member, string origin)
    {
        if (member.Bits is { } bits)
        {
            return IsOrderOpen(member)
                ? $"({OrderParameter} ? {Extract(member, bits with { IsBigEndian = true, Shift = Mirror(bits) }, origin)} : {Extract(member, bits, origin)})"
                : Extract(member, bits, origin);
        }

        return IsOrderOpen(member) && member.Wire.Size() > 1
            ? $"({OrderParameter} ? {ReadNumber(member, origin, true)} : {ReadNumber(member, origin, false)})"
            : ReadNumber(member, origin, member.IsBigEndian ?? false);
    }

    private static string ReadNumber(MemberModel member, string origin, bool isBigEndian)
        => Numbers.Read(member.Wire, member.Type, member.IsEnum, isBigEndian, origin, member.Offset);

    private static string Extract(MemberModel member, BitsModel bits, string origin)
        => Numbers.Extract(bits, member.Wire, member.Type, Numbers.ReadRun(bits, origin));

    // Laid out for little-endian, where the first stands lowest; for big-endian the first stands highest.
    private static int Mirror(BitsModel bits) => (bits.Bytes * 8) - bits.Shift - bits.Count;

    private static BitsModel Lay(IEnumerable<MemberModel> run, bool isBigEndian) => run.First().Bits! with { IsBigEndian = isBigEndian };

    private static string Bits(IEnumerable<MemberModel> run, bool isBigEndian, Func<MemberModel, string> valueOf)
    {
        string[] parts = [.. run.Where(static member => !member.IsReserved).Select(member => Numbers.Insert(
            isBigEndian ? member.Bits! with { Shift = Mirror(member.Bits!) } : member.Bits!,
            member.Wire,
            member.IsEnum,
            ValueOf(member, valueOf)))];
        return parts.Length == 0 ? "0UL" : string.Join(" | ", parts);
    }

    private static string WriteWhole(MemberModel member, string origin, Func<MemberModel, string> valueOf) => member.Kind switch
    {
        not MemberKind.Number when member.IsReserved => Invariant($"{Names.Wire}.Clear(ref {origin}, {member.Offset}, {member.Size});"),
        MemberKind.Struct => Invariant($"{Names.Wire}.WriteStruct<{member.Element}>(ref {origin}, {member.Offset}, {valueOf(member)}, {Order(member)});"),
        MemberKind.StructArray => Invariant($"{Names.Wire}.WriteStructArray<{member.Type}, {member.Element}>(ref {origin}, {member.Offset}, {member.Count}, {valueOf(member)}, {Order(member)});"),
        MemberKind.NumberArray => Invariant($"{Names.Wire}.WriteArray<{member.Type}, {member.Element}>(ref {origin}, {member.Offset}, {member.Count}, {valueOf(member)}, {ByteOrder(member)});"),
        MemberKind.FixedBuffer => Invariant($"unsafe {{ fixed ({member.Element}* values = {valueOf(member)}) {{ {Names.Wire}.WriteNumbers<{member.Element}>(ref {origin}, {member.Offset}, new global::System.ReadOnlySpan<{member.Element}>(values, {member.Count}), {ByteOrder(member)}); }} }}"),
        _ when IsOrderOpen(member) && member.Wire.Size() > 1
            => $"if ({OrderParameter}) {{ {WriteNumber(member, origin, true, valueOf)} }} else {{ {WriteNumber(member, origin, false, valueOf)} }}",
        _ => WriteNumber(member, origin, member.IsBigEndian ?? false, valueOf),
    };

    private static string WriteNumber(MemberModel member, string origin, bool isBigEndian, Func<MemberModel, string> valueOf)
        => Numbers.Write(member.Wire, member.IsEnum, isBigEndian, origin, member.Offset, ValueOf(member, valueOf));

    private static string ValueOf(MemberModel member, Func<MemberModel, string> valueOf)
        => member.Constant is { } constant ? Numbers.FromBits(member.Wire, member.Type, Numbers.Literal(constant.Value))
            : member.IsReserved ? $"default({member.Type})"
            : valueOf(member);

    private static ulong Whole(MemberModel member)
    {
        // Of bits with a sign, the value is extended to the width of its type.
        int width = member.Bits is { } bits && !member.Wire.IsSigned() ? bits.Count : member.Wire == WireType.Boolean ? 1 : member.Wire.Size() * 8;
        return width >= BitRun.MaxBits ? ulong.MaxValue : (1UL << width) - 1;
    }
}
