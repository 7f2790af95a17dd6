using QContinuum.Generator.Model;
using static System.FormattableString;

namespace QContinuum.Generator.Emit;

/// <summary>Writes the constructors of a message that is not positional, and calls what makes a message.</summary>
internal static class ConstructorEmitter
{
    /// <summary>Writes the constructor that users call. It takes all members, in order.</summary>
    public static void WriteOfMembers(MessageModel message, CodeWriter code)
    {
        if (message.Construction.Exposure == Exposure.Hidden)
        {
            return;
        }

        MemberModel[] members = StateOf(message);
        code.Gap();
        code.Line("/// <summary>Makes a message of its members.</summary>");
        foreach (MemberModel member in members)
        {
            code.Line($"/// <param name=\"{member.Parameter.TrimStart('@')}\">The value of <c>{member.Name.TrimStart('@')}</c>.</param>");
        }

        WriteAttributes(message, code);
        string parameters = string.Join(", ", members.Select(static member => $"{member.Type} {member.Parameter}"));
        code.Line($"{ReaderEmitter.Keyword(message.Construction.Exposure)} {message.Type.Self.Name}({parameters})");
        using (code.Block())
        {
            foreach (MemberModel member in members)
            {
                code.Line($"this.{member.Name} = {member.Parameter};");
            }
        }
    }

    /// <summary>
    /// Writes the constructor that reads. It goes past those that the user wrote, which may refuse a value by an exception, or take the
    /// members in an order of their own.
    /// </summary>
    public static void WriteOfBytes(MessageModel message, CodeWriter code)
    {
        if (message.Construction.IsPositional || (message.Members.Count == 0 && message.Tail is null))
        {
            return;
        }

        code.Gap();
        WriteAttributes(message, code);
        code.Line(Names.Inlined);
        string tailParameter = message.Tail is null ? "" : $", {Names.ByteReadOnlySpan} tail";
        code.Line($"private {message.Type.Self.Name}(scoped in byte origin{tailParameter})");
        using (code.Block())
        {
            foreach (MemberModel member in message.Members)
            {
                code.Line($"this.{member.Name} = {Read(member, "origin")};");
            }

            if (message.Tail is { } tail)
            {
                code.Line($"this.{tail.Name} = tail;");
            }
        }
    }

    /// <summary>Makes a message of the bytes that begin at <paramref name="origin"/>; its tail, of the <c>body</c> in scope.</summary>
    public static string CallOfBytes(MessageModel message, string origin) => message switch
    {
        { Members.Count: 0, Tail: null } => "default",
        { Construction.IsPositional: true } => $"new {message.Type.Self.Name}({ReadAll(message, origin)})",
        { Tail: null } => $"new {message.Type.Self.Name}(in {origin})",
        { Members.Count: 0 } => $"new {message.Type.Self.Name}(in {Names.GetReference}(body), body)",
        _ => Invariant($"new {message.Type.Self.Name}(in {origin}, body.Slice({message.Shape.Size}))"),
    };

    /// <summary>Reads a member of the layout that begins at <paramref name="origin"/>.</summary>
    public static string Read(MemberModel member, string origin)
    {
        string read = Invariant($"{Names.Wire}.Read{member.Wire}(in {origin}, {member.Offset})");
        return member.IsEnum ? $"({member.Type}){read}" : read;
    }

    private static string ReadAll(MessageModel message, string origin) => string.Join(", ", message.Members.Select(member => Read(member, origin)));

    private static MemberModel[] StateOf(MessageModel message) => message.Tail is { } tail ? [.. message.Members, tail] : [.. message.Members];

    private static void WriteAttributes(MessageModel message, CodeWriter code)
    {
        code.Line(Names.GeneratedCode);
        if (message.Construction.SetsRequiredMembers)
        {
            code.Line(Names.SetsRequiredMembers);
        }
    }
}
