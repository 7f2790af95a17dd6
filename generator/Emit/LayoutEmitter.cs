using QContinuum.Generator.Model;
using static System.FormattableString;

namespace QContinuum.Generator.Emit;

/// <summary>Writes messages that are read in place: fixed layouts, and views with a tail.</summary>
internal static class LayoutEmitter
{
    public static void Write(MessageModel message, CodeWriter code)
    {
        WriteLayoutTable(message, code);
        using (MessageEmitter.Open(message, code))
        {
            ConstructorEmitter.WriteOfMembers(message, code);
            ConstructorEmitter.WriteOfBytes(message, code);
            MessageEmitter.WriteHeaderAndId(message, code);
            WriteSizeOf(message, code);
            WriteWriteFrame(message, code);
            WriteWriteBody(message, code);
            WriteTryReadOfMemory(message, code);
            WriteTryReadOfSpan(message, code);
            if (message.Shape.HasReader)
            {
                ReaderEmitter.Write(message, code);
            }
        }
    }

    private static void WriteLayoutTable(MessageModel message, CodeWriter code)
    {
        if (message.Members.Count == 0 && message.Tail is null)
        {
            code.Line($"/// <remarks>Message {message.Shape.Id}. The body is empty.</remarks>");
            return;
        }

        code.Line("/// <remarks>");
        code.Line($"/// Message {message.Shape.Id}. The body, little-endian and without padding:");
        code.Line("/// <list type=\"table\">");
        code.Line("/// <listheader><term>Offset</term><term>Size</term><term>Type</term><term>Member</term></listheader>");
        foreach (MemberModel member in message.Members)
        {
            WriteLayoutRow(member, Invariant($"{member.Wire.Size()}"), code);
        }

        if (message.Tail is { } tail)
        {
            WriteLayoutRow(tail, "the rest", code);
        }

        code.Line("/// </list>");
        code.Line("/// </remarks>");
    }

    private static void WriteLayoutRow(MemberModel member, string size, CodeWriter code)
    {
        string type = MessageEmitter.Document(member.Type);
        code.Line($"/// <item><term>{member.Offset}</term><term>{size}</term><term>{type}</term><term>{member.Name.TrimStart('@')}</term></item>");
    }

    private static void WriteSizeOf(MessageModel message, CodeWriter code)
    {
        int known = Names.HeaderSize + message.Shape.Size;
        string size = message.Tail is null ? Invariant($"{known}") : Invariant($"checked({known} + message.{message.Tail.Name}.Length)");
        WriteHead(code, $"static int {MessageEmitter.MessageOf(message)}.SizeOf(scoped in {message.Type.SelfName} message) => {size};");
    }

    private static void WriteWriteFrame(MessageModel message, CodeWriter code)
    {
        WriteHead(
            code,
            Names.Inlined,
            $"static void {MessageEmitter.MessageOf(message)}.{MessageEmitter.WriteFrameOf(message)}");
        using (code.Block())
        {
            string body = Invariant($"{message.Shape.Size}");
            string size = Invariant($"{Names.HeaderSize + message.Shape.Size}");
            if (message.Tail is { } tail)
            {
                code.Line($"int body = checked({message.Shape.Size} + message.{tail.Name}.Length);");
                body = "body";
                size = Invariant($"checked({Names.HeaderSize} + body)");
            }

            code.Line($"{Names.Wire}.CheckRoom(frame, {size});");
            code.Line($"{Names.MessageHeader}.Write(new {Names.MessageHeader}({body}, {message.Shape.Id}), {body}, frame);");
            WriteMembers(message, "frame", Names.HeaderSize, code);
        }
    }

    private static void WriteWriteBody(MessageModel message, CodeWriter code)
    {
        WriteHead(
            code,
            $"static void {MessageEmitter.MessageOf(message)}.{MessageEmitter.WriteBodyOf(message)}");
        using (code.Block())
        {
            string size = Invariant($"{message.Shape.Size}");
            if (message.Tail is { } tail)
            {
                code.Line($"int size = checked({message.Shape.Size} + message.{tail.Name}.Length);");
                size = "size";
            }
            else if (message.Shape.Size == 0)
            {
                return;
            }

            code.Line($"{Names.ByteSpan} body = destination.GetSpan({size});");
            code.Line($"{Names.Wire}.CheckRoom(body, {size});");
            WriteMembers(message, "body", 0, code);
            code.Line($"destination.Advance({size});");
        }
    }

    private static void WriteMembers(MessageModel message, string destination, int start, CodeWriter code)
    {
        if (message.Members.Count > 0)
        {
            code.Line($"ref byte origin = ref {Names.GetReference}({destination});");
        }

        foreach (MemberModel member in message.Members)
        {
            string value = member.IsEnum ? $"({member.Wire.Keyword()})message.{member.Name}" : $"message.{member.Name}";
            code.Line($"{Names.Wire}.Write{member.Wire.ToString()}(ref origin, {start + member.Offset}, {value});");
        }

        if (message.Tail is { } tail)
        {
            code.Line($"message.{tail.Name}.CopyTo({destination}.Slice({start + message.Shape.Size}));");
        }
    }

    private static void WriteTryReadOfMemory(MessageModel message, CodeWriter code)
    {
        WriteHead(
            code,
            $"static bool {MessageEmitter.MessageOf(message)}.TryRead({Names.ByteReadOnlyMemory} body, out {message.Type.SelfName} message)",
            $"    => {Names.MessageCodec}.TryRead(body.Span, out message);");
    }

    private static void WriteTryReadOfSpan(MessageModel message, CodeWriter code)
    {
        WriteHead(
            code,
            Names.Inlined,
            $"static bool {MessageEmitter.InPlaceMessageOf(message)}.TryRead({Names.ByteReadOnlySpan} body, out {message.Type.SelfName} message)");
        using (code.Block())
        {
            string isWrong = message.Tail is null ? "!=" : "<";
            code.Line($"if (body.Length {isWrong} {message.Shape.Size})");
            using (code.Block())
            {
                code.Line("message = default;");
                code.Line("return false;");
            }

            code.Gap();
            if (message.Members.Count > 0)
            {
                code.Line($"ref readonly byte origin = ref {Names.GetReference}(body);");
            }

            code.Line($"message = {ConstructorEmitter.CallOfBytes(message, "origin")};");
            code.Line("return true;");
        }
    }

    private static void WriteHead(CodeWriter code, params string[] lines)
    {
        code.Gap();
        code.Line(Names.GeneratedCode);
        foreach (string line in lines)
        {
            code.Line(line);
        }
    }
}
