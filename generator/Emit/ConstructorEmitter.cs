using QContinuum.Generator.Model;
using static System.FormattableString;

namespace QContinuum.Generator.Emit;

/// <summary>Writes the constructors of a message or wire struct, and calls what makes a value of bytes.</summary>
internal static class ConstructorEmitter
{
    /// <summary>Writes the constructor that users call. It takes what the sender chooses, in order.</summary>
    public static void WriteOfMembers(LayoutModel layout, CodeWriter code)
    {
        if (layout.Construction.Exposure == Exposure.Hidden)
        {
            return;
        }

        MemberModel[] chosen = [.. layout.Chosen];
        code.Gap();
        code.Line("/// <summary>Makes a value of its members.</summary>");
        foreach (MemberModel member in chosen)
        {
            code.Line($"/// <param name=\"{member.Parameter.TrimStart('@')}\">The value of <c>{member.Name.TrimStart('@')}</c>.</param>");
        }

        WriteAttributes(layout, code);
        string parameters = string.Join(", ", chosen.Select(static member => $"{member.Type} {member.Parameter}"));
        code.Line($"{ReaderEmitter.Keyword(layout.Construction.Exposure)} {layout.Type.Self.Name}({parameters})");
        if (layout.Construction.IsPositional)
        {
            code.Line($"    : this({string.Join(", ", layout.Members.Select(member => ValueOf(layout, member)))})");
        }

        using (code.Block())
        {
            if (!layout.Construction.IsPositional)
            {
                WriteAssignments(layout, code);
            }
        }
    }

    /// <summary>
    /// Writes the constructor that reads a plain layout. It goes past those that the user wrote, which may refuse a value by an exception, or take
    /// the members in an order of their own.
    /// </summary>
    /// <param name="layout">The layout.</param>
    /// <param name="orderParameter">A parameter more, for the byte order of what says none; or nothing.</param>
    /// <param name="code">Where it goes.</param>
    public static void WriteOfBytes(LayoutModel layout, string orderParameter, CodeWriter code)
    {
        if (layout.Construction.IsPositional || layout.Members.Count == 0)
        {
            return;
        }

        code.Gap();
        WriteAttributes(layout, code);
        code.Line(Names.Inlined);
        string tailParameter = layout.Tail is null ? "" : $", {Names.ByteReadOnlySpan} tail";
        code.Line($"private {layout.Type.Self.Name}(scoped in byte origin{tailParameter}{orderParameter})");
        using (code.Block())
        {
            foreach (MemberModel member in layout.Fixed)
            {
                code.Line(Assign(member, "origin"));
            }

            if (layout.Tail is { } tail)
            {
                code.Line($"this.{tail.Name} = tail;");
            }
        }
    }

    /// <summary>Makes a value of a plain layout of the bytes that begin at <paramref name="origin"/>; its tail, of the <c>body</c> in scope.</summary>
    public static string CallOfBytes(LayoutModel layout, string origin, string order = "") => layout switch
    {
        { Members.Count: 0 } => "default",
        { Construction.IsPositional: true } => $"new {layout.Type.Self.Name}({string.Join(", ", layout.Fixed.Select(member => MemberCode.Read(member, origin)))})",
        { Tail: null } => $"new {layout.Type.Self.Name}(in {origin}{order})",
        _ when !layout.Fixed.Any() => $"new {layout.Type.Self.Name}(in {Names.GetReference}(body), body)",
        _ => Invariant($"new {layout.Type.Self.Name}(in {origin}, body.Slice({layout.Size}))"),
    };

    /// <summary>Gives a member the value that it has in the bytes that begin at <paramref name="origin"/>.</summary>
    public static string Assign(MemberModel member, string origin)
        => member.Kind == MemberKind.FixedBuffer
            ? CopyToBuffer(member, MemberCode.Read(member, origin))
            : $"this.{member.Name} = {MemberCode.Read(member, origin)};";

    /// <summary>What marks a constructor of ours.</summary>
    public static void WriteAttributes(LayoutModel layout, CodeWriter code)
    {
        code.Line(Names.GeneratedCode);
        if (layout.Construction.SetsRequiredMembers)
        {
            code.Line(Names.SetsRequiredMembers);
        }
    }

    private static void WriteAssignments(LayoutModel layout, CodeWriter code)
    {
        foreach (MemberModel member in layout.Members.Where(static member => member is not { Kind: MemberKind.FixedBuffer, IsReserved: true }))
        {
            code.Line(member.Kind == MemberKind.FixedBuffer
                ? CopyToBuffer(member, member.Parameter)
                : $"this.{member.Name} = {ValueOf(layout, member)};");
        }
    }

    private static string ValueOf(LayoutModel layout, MemberModel member)
        => member.Constant is { } constant ? Derived(member, Numbers.Literal(constant.Value))
            : member.IsReserved ? $"default({member.Type}){(member is { Kind: MemberKind.Number, Wire: WireType.None } ? "!" : "")}"
            : layout.CountedBy(member).FirstOrDefault() is { } part ? Derived(member, $"(ulong)(uint){PartCode.CountOf(part, part.Parameter)}")
            : member.Parameter;

    // Only a number is made of bits; what else is declared so breaks a rule, and its stub must compile.
    private static string Derived(MemberModel member, string bits)
        => member.Kind == MemberKind.Number && member.Wire.IsSmallInteger() ? Numbers.FromBits(member.Wire, member.Type, bits) : $"default({member.Type})!";

    private static string CopyToBuffer(MemberModel member, string values)
        => Invariant($"unsafe {{ fixed ({member.Element}* buffer = this.{member.Name}) {{ {values}.CopyTo(new global::System.Span<{member.Element}>(buffer, {member.Count})); }} }}");
}
