using QContinuum.Generator.Model;
using static System.FormattableString;

namespace QContinuum.Generator.Emit;

/// <summary>Writes the reader of a fixed layout: one reference to the first byte, and a property for each member that reads it in place.</summary>
internal static class ReaderEmitter
{
    public static void Write(MessageModel message, CodeWriter code)
    {
        MemberModel[] members = [.. InOneRun(message.Layout)];
        string origin = NameOf("_origin", members);
        string length = NameOf("_length", members);
        bool canBeShort = members.Any(static member => member.IsOmittable);
        Open(message, code);
        using (code.Block())
        {
            if (members.Length > 0)
            {
                code.Line($"private readonly ref readonly byte {origin};");
            }

            if (canBeShort)
            {
                code.Line($"private readonly int {length};");
            }

            WriteConstructor(message, members, origin, canBeShort ? length : null, code);
            WriteTryRead(message, members, code);
            foreach (MemberModel member in members)
            {
                WriteMember(member, origin, length, code);
            }

            WriteToMessage(message, origin, length, canBeShort, code);
        }
    }

    /// <summary>Writes a reader that can be named and called, and throws.</summary>
    public static void WriteStub(MessageModel message, string @throw, CodeWriter code)
    {
        Open(message, code);
        using (code.Block())
        {
            code.Line("/// <summary>Throws.</summary>");
            code.Line("/// <param name=\"body\">The body.</param>");
            code.Line($"public {Known.Reader}({Names.ByteReadOnlySpan} body) => {@throw};");
            code.Gap();
            code.Line($"static bool {Names.MessageReader}<{Known.Reader}>.TryRead({Names.ByteReadOnlySpan} body, out {Known.Reader} reader) => {@throw};");
            foreach (MemberModel member in message.Layout.Members.Where(static member => member.Type.Length > 0))
            {
                WriteProperty(member, member.Type, "Throws.", @throw, code);
            }

            code.Gap();
            code.Line("/// <summary>Throws.</summary>");
            code.Line($"public {message.Type.Self.Name} {Known.ToMessage}() => {@throw};");
        }
    }

    public static string Keyword(Exposure exposure) => exposure == Exposure.Public ? "public" : "internal";

    // A reader has one reference: every offset counts from there.
    private static IEnumerable<MemberModel> InOneRun(LayoutModel layout)
    {
        int start = 0;
        int segment = 0;
        int end = 0;
        foreach (MemberModel member in layout.Fixed)
        {
            start = member.Segment == segment ? start : end;
            segment = member.Segment;
            end += member.Size;
            yield return member with { Offset = start + member.Offset, Bits = member.Bits is { } bits ? bits with { Offset = start + bits.Offset } : null };
        }
    }

    private static void Open(MessageModel message, CodeWriter code)
    {
        code.Gap();
        code.Line($"/// <summary>Reads the members of <c>{message.Shape.Name}</c> in place, each when it is asked for.</summary>");
        code.Line(Names.GeneratedCode);
        code.Line($"public readonly ref struct {Known.Reader} : {Names.MessageReader}<{Known.Reader}>");
    }

    private static void WriteConstructor(MessageModel message, MemberModel[] members, string origin, string? length, CodeWriter code)
    {
        code.Gap();
        code.Line("/// <summary>Reads a body.</summary>");
        code.Line("/// <param name=\"body\">The body, all of it.</param>");
        code.Line("/// <exception cref=\"global::System.ArgumentException\"><paramref name=\"body\"/> is not this message.</exception>");
        code.Line($"public {Known.Reader}({Names.ByteReadOnlySpan} body)");
        using (code.Block())
        {
            code.Line($"if (!({IsOne(message.Layout, members)}))");
            using (code.Block())
            {
                code.Line($"throw new global::System.ArgumentException(\"The body is not the message {message.Shape.Name}.\", nameof(body));");
            }

            code.Gap();
            if (members.Length > 0)
            {
                code.Line($"{origin} = ref {Names.GetReference}(body);");
            }

            if (length is not null)
            {
                code.Line($"{length} = body.Length;");
            }
        }
    }

    private static void WriteTryRead(MessageModel message, MemberModel[] members, CodeWriter code)
    {
        code.Gap();
        code.Line(Names.Inlined);
        code.Line($"static bool {Names.MessageReader}<{Known.Reader}>.TryRead({Names.ByteReadOnlySpan} body, out {Known.Reader} reader)");
        using (code.Block())
        {
            code.Line($"if (!({IsOne(message.Layout, members)}))");
            using (code.Block())
            {
                code.Line("reader = default;");
                code.Line("return false;");
            }

            code.Gap();
            code.Line($"reader = new {Known.Reader}(body);");
            code.Line("return true;");
        }
    }

    // What must hold of a body: its length, and what its members may be.
    private static string IsOne(LayoutModel layout, MemberModel[] members)
    {
        int[] ends = [.. members.Where(static member => member.IsOmittable).Select(static member => member.Bits?.Offset ?? member.Offset).Append(layout.Size).Distinct()];
        string length = layout.IsExtensible && ends.Length == 1 ? Invariant($"body.Length >= {layout.Size}")
            : ends.Length == 1 ? Invariant($"body.Length == {layout.Size}")
            : $"body.Length is {string.Join(" or ", ends.Select(static end => Invariant($"{end}")))}{(layout.IsExtensible ? Invariant($" or > {layout.Size}") : "")}";
        IEnumerable<string> conditions = members.SelectMany(static member => MemberCode.Conditions(member, $"{Names.GetReference}(body)").Select(
            condition => IsAlwaysThere(member) ? condition : Invariant($"(body.Length < {End(member)} || {condition})")));
        return string.Join(" && ", conditions.Prepend(length));
    }

    private static bool IsAlwaysThere(MemberModel member) => member.Segment == 0;

    private static int End(MemberModel member) => member.Bits is { } bits ? bits.Offset + bits.Bytes : member.Offset + member.Size;

    // A member shows in the reader as far as it does in the message.
    private static void WriteMember(MemberModel member, string origin, string length, CodeWriter code)
    {
        string type = member.Kind == MemberKind.FixedBuffer ? $"global::QContinuum.WireSpan<{member.Element}>" : member.Type;
        string read = MemberCode.Read(member, origin);
        string value = IsAlwaysThere(member) ? read : Invariant($"{length} >= {End(member)} ? {read} : default");
        string place = member.Bits is { } bits ? Invariant($"{bits.Count} bits at offset {bits.Offset}") : Invariant($"at offset {member.Offset}, {member.Size} bytes");
        WriteProperty(member, type, $"{MessageEmitter.Document(type)} {place}.", value, code);
    }

    private static void WriteProperty(MemberModel member, string type, string summary, string value, CodeWriter code)
    {
        if (member.Exposure == Exposure.Hidden)
        {
            return;
        }

        code.Gap();
        code.Line($"/// <summary>{summary}</summary>");
        code.Line($"{Keyword(member.Exposure)} {type} {member.Name} => {value};");
    }

    private static void WriteToMessage(MessageModel message, string origin, string length, bool canBeShort, CodeWriter code)
    {
        string value = canBeShort
            ? $"new {message.Type.Self.Name}({Names.CreateReadOnlySpan}(in {origin}, {length}), out bool _)"
            : ConstructorEmitter.CallOfBytes(message.Layout, origin);
        code.Gap();
        code.Line("/// <summary>Reads all members.</summary>");
        code.Line($"public {message.Type.Self.Name} {Known.ToMessage}() => {value};");
    }

    private static string NameOf(string name, MemberModel[] members)
    {
        while (members.Any(member => member.Name == name))
        {
            name += "_";
        }

        return name;
    }
}
