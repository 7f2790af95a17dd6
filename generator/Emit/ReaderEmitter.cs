using QContinuum.Generator.Model;
using static System.FormattableString;

namespace QContinuum.Generator.Emit;

/// <summary>Writes the reader of a fixed layout: one reference to the first byte, and a property for each member that reads it in place.</summary>
internal static class ReaderEmitter
{
    public static void Write(MessageModel message, CodeWriter code)
    {
        string origin = NameOfOrigin(message);
        Open(message, code);
        using (code.Block())
        {
            if (message.Members.Count > 0)
            {
                code.Line($"private readonly ref readonly byte {origin};");
            }

            WriteConstructor(message, origin, code);
            foreach (MemberModel member in message.Members)
            {
                string place = Invariant($"{MessageEmitter.Document(member.Type)} at offset {member.Offset}, {member.Wire.Size()} bytes.");
                WriteProperty(member, place, ConstructorEmitter.Read(member, origin), code);
            }

            WriteToMessage(message, ConstructorEmitter.CallOfBytes(message, origin), code);
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
            foreach (MemberModel member in message.Members.Where(static member => member.Type.Length > 0))
            {
                WriteProperty(member, "Throws.", @throw, code);
            }

            WriteToMessage(message, @throw, code);
        }
    }

    public static string Keyword(Exposure exposure) => exposure == Exposure.Public ? "public" : "internal";

    private static void Open(MessageModel message, CodeWriter code)
    {
        code.Gap();
        code.Line($"/// <summary>Reads the members of <c>{message.Shape.Name}</c> in place, each when it is asked for.</summary>");
        code.Line(Names.GeneratedCode);
        code.Line($"public readonly ref struct {Known.Reader}");
    }

    private static void WriteConstructor(MessageModel message, string origin, CodeWriter code)
    {
        code.Gap();
        code.Line("/// <summary>Reads a body.</summary>");
        code.Line($"/// <param name=\"body\">The body, all of its {message.Shape.Size} bytes.</param>");
        code.Line("/// <exception cref=\"global::System.ArgumentException\"><paramref name=\"body\"/> is shorter or longer.</exception>");
        code.Line($"public {Known.Reader}({Names.ByteReadOnlySpan} body)");
        using (code.Block())
        {
            code.Line($"{Names.Wire}.CheckSize(body, {message.Shape.Size});");
            if (message.Members.Count > 0)
            {
                code.Line($"{origin} = ref {Names.GetReference}(body);");
            }
        }
    }

    // A member shows in the reader as far as it does in the message.
    private static void WriteProperty(MemberModel member, string summary, string value, CodeWriter code)
    {
        if (member.Exposure == Exposure.Hidden)
        {
            return;
        }

        code.Gap();
        code.Line($"/// <summary>{summary}</summary>");
        code.Line($"{Keyword(member.Exposure)} {member.Type} {member.Name} => {value};");
    }

    private static void WriteToMessage(MessageModel message, string value, CodeWriter code)
    {
        code.Gap();
        code.Line("/// <summary>Reads all members.</summary>");
        code.Line($"public {message.Type.Self.Name} {Known.ToMessage}() => {value};");
    }

    private static string NameOfOrigin(MessageModel message)
    {
        string name = "_origin";
        while (message.Members.Any(member => member.Name == name))
        {
            name += "_";
        }

        return name;
    }
}
