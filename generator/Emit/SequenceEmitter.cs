using QContinuum.Generator.Model;
using static System.FormattableString;

namespace QContinuum.Generator.Emit;

/// <summary>
/// Writes layouts that are gone through from front to back: runs of fixed members, each checked once, and parts of any length between them.
/// </summary>
internal static class SequenceEmitter
{
    /// <summary>Writes the constructor that reads: it stops where the body is not what it must be.</summary>
    public static void WriteConstructor(LayoutModel layout, string headerParameter, CodeWriter code)
    {
        code.Gap();
        ConstructorEmitter.WriteAttributes(layout, code);
        code.Line($"private {layout.Type.Self.Name}({headerParameter}{Names.ByteReadOnlySpan} body, out bool isRead)");
        if (layout.Construction.IsPositional)
        {
            code.Line($"    : this({string.Join(", ", layout.Members.Select(static member => $"default({member.Type})"))})");
        }

        using (code.Block())
        {
            code.Line("isRead = false;");
            code.Line("int at = 0;");
            int number = 0;
            foreach (MemberModel[] step in Steps(layout))
            {
                number++;
                code.Gap();
                WriteEarlyEnd(step[0], code);
                if (step[0].IsPart)
                {
                    PartCode.WriteTake(layout, step[0], number, code);
                }
                else
                {
                    WriteRead(step, number, code);
                }
            }

            code.Gap();
            code.Line(layout.IsExtensible ? "isRead = true;" : "isRead = at == body.Length;");
        }
    }

    /// <summary>Writes all members into a span <c>body</c> of exactly their size.</summary>
    public static void WriteMembers(LayoutModel layout, CodeWriter code)
    {
        code.Line("int at = 0;");
        int number = 0;
        foreach (MemberModel[] step in Steps(layout))
        {
            number++;
            if (step[0].IsPart)
            {
                PartCode.WritePut(step[0], code);
                continue;
            }

            string origin = Invariant($"origin{number}");
            code.Line($"ref byte {origin} = ref {Names.Parts}.Reserve(body, ref at, {step.Sum(static member => member.Size)});");
            MemberCode.Write(step, origin, member => ValueOf(layout, member), code);
        }
    }

    /// <summary>Bytes of the whole body, as an expression.</summary>
    public static string SizeOf(LayoutModel layout)
    {
        int known = layout.Size + layout.Overhead;
        string[] parts = [.. layout.Members.Where(static member => member.IsPart).Select(static member => PartCode.BytesOf(member, $"message.{member.Name}"))];
        return parts.Length == 0 ? Invariant($"{known}") : Invariant($"checked({known} + {string.Join(" + ", parts)})");
    }

    // Runs of fixed members, and parts, in order.
    private static IEnumerable<MemberModel[]> Steps(LayoutModel layout)
    {
        var run = new List<MemberModel>();
        foreach (MemberModel member in layout.Members)
        {
            if (run.Count > 0 && (member.IsPart || member.Segment != run[0].Segment))
            {
                yield return [.. run];
                run.Clear();
            }

            if (member.IsPart)
            {
                yield return [member];
            }
            else
            {
                run.Add(member);
            }
        }

        if (run.Count > 0)
        {
            yield return [.. run];
        }
    }

    private static void WriteEarlyEnd(MemberModel first, CodeWriter code)
    {
        if (!first.IsOmittable)
        {
            return;
        }

        code.Line("if (at == body.Length)");
        using (code.Block())
        {
            code.Line("isRead = true;");
            code.Line("return;");
        }

        code.Gap();
    }

    private static void WriteRead(MemberModel[] run, int number, CodeWriter code)
    {
        int size = run.Sum(static member => member.Size);
        string origin = Invariant($"origin{number}");
        code.Line($"if (body.Length - at < {size})");
        using (code.Block())
        {
            code.Line("return;");
        }

        code.Gap();
        code.Line($"ref readonly byte {origin} = ref {Names.GetReference}(body.Slice(at, {size}));");
        string[] conditions = [.. run.SelectMany(member => MemberCode.Conditions(member, origin))];
        if (conditions.Length > 0)
        {
            code.Line($"if (!({string.Join(" && ", conditions)}))");
            using (code.Block())
            {
                code.Line("return;");
            }

            code.Gap();
        }

        foreach (MemberModel member in run)
        {
            code.Line(ConstructorEmitter.Assign(member, origin));
        }

        code.Line($"at += {size};");
    }

    private static string ValueOf(LayoutModel layout, MemberModel member)
    {
        if (!layout.IsCount(member))
        {
            return $"message.{member.Name}";
        }

        int bits = (member.Bits?.Count ?? member.Wire.Size() * 8) - (member.Wire.IsSigned() ? 1 : 0);
        return Numbers.FromBits(member.Wire, member.Type, PartCode.CountOf(layout.CountedBy(member), BitRun.Mask(bits)));
    }
}
