using QContinuum.Generator.Model;
using static System.FormattableString;

namespace QContinuum.Generator.Emit;

/// <summary>How a part of any length is taken from a body, and written.</summary>
internal static class PartCode
{
    /// <summary>The number that says how long a part is.</summary>
    public static string CountOf(MemberModel part, string value)
        => part.Part!.IsBytes || part.Part.Unit > 1 ? $"{value}.Length" : $"{value}.ByteLength";

    /// <summary>The number that says how long some parts are, which must agree and which it must have room for.</summary>
    public static string CountOf(IEnumerable<MemberModel> parts, ulong max)
    {
        MemberModel[] all = [.. parts];
        string count = CountOf(all[0], $"message.{all[0].Name}");
        foreach (MemberModel other in all.Skip(1))
        {
            count = $"{Names.Parts}.SameCount({count}, {CountOf(other, $"message.{other.Name}")}, \"{other.Name.TrimStart('@')}\")";
        }

        return $"{Names.Parts}.CountOf({count}, {Numbers.Literal(max)}, \"{all[0].Name.TrimStart('@')}\")";
    }

    /// <summary>Bytes of a part.</summary>
    public static string BytesOf(MemberModel part, string value) => part.Part!.IsBytes ? $"{value}.Length" : $"{value}.ByteLength";

    /// <summary>Takes a part, and returns from the constructor that reads where it is not there.</summary>
    public static void WriteTake(LayoutModel layout, MemberModel member, int number, CodeWriter code)
    {
        PartModel part = member.Part!;
        string name = Invariant($"part{number}");
        string target = $"out {Names.ByteReadOnlySpan} {name}";
        int element = member.Wire.Size();
        string take = part.Ends switch
        {
            PartEnd.Prefix => Invariant($"TryTakePrefixed(body, ref at, {part.Prefix}, {(member.IsBigEndian == true ? "true" : "false")}, {part.Unit}, {target})"),
            PartEnd.Zero => $"TryTakeTerminated(body, ref at, {target})",
            PartEnd.Sized => Invariant($"TryTake(body, ref at, {Count(layout, part)}, {part.Unit}, {target})"),
            _ => Invariant($"TryTakeRest(body, ref at, {element}, {target})"),
        };
        bool mayBeUneven = !part.IsBytes && part.Unit == 1 && element > 1;
        string uneven = mayBeUneven ? Invariant($" || {name}.Length % {element} != 0") : "";
        string text = part.IsText ? $" || !{Names.Parts}.IsText({name})" : "";
        code.Line($"if (!{Names.Parts}.{take}{uneven}{text})");
        using (code.Block())
        {
            code.Line("return;");
        }

        code.Gap();
        code.Line(part.IsBytes
            ? $"this.{member.Name} = {name};"
            : $"this.{member.Name} = new global::QContinuum.WireSpan<{member.Element}>({name}, {MemberCode.ByteOrder(member)});");
    }

    /// <summary>Writes a part, and what says how long it is where that stands before it.</summary>
    public static void WritePut(MemberModel member, CodeWriter code)
    {
        PartModel part = member.Part!;
        string value = $"message.{member.Name}";
        string name = member.Name.TrimStart('@');
        if (part.Ends == PartEnd.Zero)
        {
            code.Line($"{Names.Parts}.PutTerminated(body, ref at, {value}, \"{name}\");");
            return;
        }

        if (part.Ends == PartEnd.Prefix)
        {
            string order = member.IsBigEndian == true ? "true" : "false";
            code.Line(Invariant($"{Names.Parts}.PutPrefix(body, ref at, {part.Prefix}, {order}, {CountOf(member, value)}, \"{name}\");"));
        }

        code.Line($"{Names.Parts}.Put(body, ref at, {value}{(part.IsBytes ? "" : ", " + MemberCode.ByteOrder(member))});");
    }

    private static string Count(LayoutModel layout, PartModel part)
    {
        if (part.SizedByHeader is { } header)
        {
            return Numbers.ToCount(header.Wire, $"header.{part.SizedBy}");
        }

        MemberModel? member = layout.Members.FirstOrDefault(candidate => candidate.Name == part.SizedBy);
        return member is null ? "0UL" : Numbers.ToCount(member.Wire, $"this.{member.Name}");
    }
}
