using System.Globalization;
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
            MessageEmitter.WriteBinding(message, code);
            WriteSizeOf(message, code);
            WriteWriteFrame(message, code);
            WriteWriteBody(message, code);
            MessageEmitter.WriteTryReadFrame(message, code);
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
        => MessageEmitter.WriteHead(
            code,
            $"static int {MessageEmitter.MessageOf(message)}.SizeOf(scoped in {message.Type.SelfName} message)",
            $"    => {Names.Framing}.SizeOf<{message.Shape.Header}>({BodySizeOf(message)});");

    private static void WriteWriteFrame(MessageModel message, CodeWriter code)
    {
        MessageShape shape = message.Shape;
        string id = shape.Id.ToString(CultureInfo.InvariantCulture);
        MessageEmitter.WriteHead(
            code,
            Names.Inlined,
            $"static void {MessageEmitter.MessageOf(message)}.{MessageEmitter.WriteFrameOf(message)}",
            $"    => {Names.Framing}.WriteFrame(in message, {Names.Framing}.Create<{shape.Header}>({id}, correlation, {MessageEmitter.RoleOf(shape)}), frame);");
        MessageEmitter.WriteHead(
            code,
            Names.Inlined,
            $"static void {MessageEmitter.BoundMessageOf(message)}.{MessageEmitter.WriteChosenFrameOf(message)}");
        using (code.Block())
        {
            string header = $"{Names.Framing}.HeaderOf(in message, in chosen)";
            code.Line($"{Names.ByteSpan} body = {Names.Framing}.Begin(frame, {header}, {BodySizeOf(message)});");
            WriteMembers(message, code);
            code.Line($"{Names.Framing}.End<{shape.Header}>(frame);");
        }
    }

    private static string BodySizeOf(MessageModel message)
        => message.Tail is { } tail ? Invariant($"checked({message.Shape.Size} + message.{tail.Name}.Length)") : Invariant($"{message.Shape.Size}");

    private static void WriteWriteBody(MessageModel message, CodeWriter code)
    {
        MessageEmitter.WriteHead(
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
            WriteMembers(message, code);
            code.Line($"destination.Advance({size});");
        }
    }

    private static void WriteMembers(MessageModel message, CodeWriter code)
    {
        if (message.Members.Count > 0)
        {
            code.Line($"ref byte origin = ref {Names.GetReference}(body);");
        }

        foreach (MemberModel member in message.Members)
        {
            string value = member.IsEnum ? $"({member.Wire.Keyword()})message.{member.Name}" : $"message.{member.Name}";
            code.Line($"{Names.Wire}.Write{member.Wire.ToString()}(ref origin, {member.Offset}, {value});");
        }

        if (message.Tail is { } tail)
        {
            code.Line($"message.{tail.Name}.CopyTo(body.Slice({message.Shape.Size}));");
        }
    }

    private static void WriteTryReadOfMemory(MessageModel message, CodeWriter code)
    {
        MessageEmitter.WriteHead(
            code,
            $"static bool {MessageEmitter.MessageOf(message)}.TryRead({Names.ByteReadOnlyMemory} body, out {message.Type.SelfName} message)",
            $"    => {Names.MessageCodec}.TryRead(body.Span, out message);");
    }

    private static void WriteTryReadOfSpan(MessageModel message, CodeWriter code)
    {
        MessageEmitter.WriteHead(
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
}
