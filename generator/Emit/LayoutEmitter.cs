using System.Globalization;
using QContinuum.Generator.Model;
using static System.FormattableString;

namespace QContinuum.Generator.Emit;

/// <summary>Writes messages that are read in place: fixed layouts, and views with parts of any length.</summary>
internal static class LayoutEmitter
{
    public static void Write(MessageModel message, CodeWriter code)
    {
        LayoutTable.Write(message, code);
        using (MessageEmitter.Open(message, code))
        {
            ConstructorEmitter.WriteOfMembers(message.Layout, code);
            WriteReadingConstructor(message, code);
            MessageEmitter.WriteBinding(message, code);
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

    private static void WriteReadingConstructor(MessageModel message, CodeWriter code)
    {
        if (message.Layout.IsPlain)
        {
            ConstructorEmitter.WriteOfBytes(message.Layout, orderParameter: "", code);
        }
        else
        {
            SequenceEmitter.WriteConstructor(message.Layout, message.Shape.IsHeaderSized ? $"scoped in {message.Shape.Header} header, " : "", code);
        }
    }

    private static void WriteSizeOf(MessageModel message, CodeWriter code)
        => MessageEmitter.WriteHead(
            code,
            $"static int {MessageEmitter.MessageOf(message)}.SizeOf(scoped in {message.Type.SelfName} message)",
            $"    => {Names.Framing}.SizeOf<{message.Shape.Header}>({SequenceEmitter.SizeOf(message.Layout)});");

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
            code.Line($"{Names.ByteSpan} body = {Names.Framing}.Begin(frame, {header}, {SequenceEmitter.SizeOf(message.Layout)});");
            WriteMembers(message.Layout, code);
            code.Line($"{Names.Framing}.End<{shape.Header}>(frame);");
        }
    }

    private static void WriteWriteBody(MessageModel message, CodeWriter code)
    {
        MessageEmitter.WriteHead(
            code,
            $"static void {MessageEmitter.MessageOf(message)}.{MessageEmitter.WriteBodyOf(message)}");
        using (code.Block())
        {
            if (message.Layout.Members.Count == 0)
            {
                return;
            }

            code.Line($"int size = {SequenceEmitter.SizeOf(message.Layout)};");
            code.Line($"{Names.ByteSpan} body = destination.GetSpan(size);");
            code.Line($"{Names.Wire}.CheckRoom(body, size);");
            WriteMembers(message.Layout, code);
            code.Line("destination.Advance(size);");
        }
    }

    private static void WriteMembers(LayoutModel layout, CodeWriter code)
    {
        if (!layout.IsPlain)
        {
            SequenceEmitter.WriteMembers(layout, code);
            return;
        }

        if (layout.Fixed.Any())
        {
            code.Line($"ref byte origin = ref {Names.GetReference}(body);");
            MemberCode.Write(layout.Fixed, "origin", static member => $"message.{member.Name}", code);
        }

        if (layout.Tail is { } tail)
        {
            code.Line($"message.{tail.Name}.CopyTo(body.Slice({layout.Size}));");
        }
    }

    private static void WriteTryReadOfMemory(MessageModel message, CodeWriter code)
    {
        string self = message.Type.SelfName;
        string signature = $"static bool {MessageEmitter.MessageOf(message)}.TryRead({Names.ByteReadOnlyMemory} body, out {self} message)";
        string refusal = $"Parts of {message.Shape.Name} are sized by its header: read the whole frame.";
        MessageEmitter.WriteTryReadFrame(message, code);
        MessageEmitter.WriteHead(
            code,
            signature,
            message.Shape.IsHeaderSized
                ? $"    => throw new global::System.NotSupportedException(\"{refusal}\");"
                : $"    => {Names.MessageCodec}.TryRead(body.Span, out message);");
    }

    private static void WriteTryReadOfSpan(MessageModel message, CodeWriter code)
    {
        string self = message.Type.SelfName;
        string header = message.Shape.IsHeaderSized ? $"scoped in {message.Shape.Header} header, " : "";
        MessageEmitter.WriteHead(
            code,
            Names.Inlined,
            $"static bool {MessageEmitter.InPlaceMessageOf(message)}.TryRead({header}{Names.ByteReadOnlySpan} body, out {self} message)");
        using (code.Block())
        {
            if (message.Layout.IsPlain)
            {
                WritePlainRead(message, code);
            }
            else
            {
                code.Line($"message = new {self}({(message.Shape.IsHeaderSized ? "in header, " : "")}body, out bool isRead);");
                code.Line("return isRead;");
            }
        }
    }

    private static void WritePlainRead(MessageModel message, CodeWriter code)
    {
        LayoutModel layout = message.Layout;
        string isWrong = layout.Tail is null && !layout.IsExtensible ? "!=" : "<";
        if (isWrong == "!=" || layout.Size > 0)
        {
            code.Line($"if (body.Length {isWrong} {layout.Size})");
            WriteRefusal(code);
        }

        if (layout.Fixed.Any())
        {
            code.Line($"ref readonly byte origin = ref {Names.GetReference}(body);");
        }

        string[] conditions = [.. layout.Fixed.SelectMany(static member => MemberCode.Conditions(member, "origin"))];
        if (conditions.Length > 0)
        {
            code.Line($"if (!({string.Join(" && ", conditions)}))");
            WriteRefusal(code);
        }

        code.Line($"message = {ConstructorEmitter.CallOfBytes(layout, "origin")};");
        code.Line("return true;");
    }

    private static void WriteRefusal(CodeWriter code)
    {
        using (code.Block())
        {
            code.Line("message = default;");
            code.Line("return false;");
        }

        code.Gap();
    }
}
