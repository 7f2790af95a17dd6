using QContinuum.Generator.Model;

namespace QContinuum.Generator.Emit;

/// <summary>Writes messages with a MessagePack body. Only their files mention MessagePack.</summary>
internal static class MessagePackEmitter
{
    private const string Options = "MessagePackBody";

    public static void Write(MessageModel message, CodeWriter code)
    {
        string self = message.Type.SelfName;
        string @interface = MessageEmitter.MessageOf(message);

        code.Line($"/// <remarks>Message {message.Shape.Id}. The body is MessagePack.</remarks>");
        using (MessageEmitter.Open(message, code))
        {
            MessageEmitter.WriteBinding(message, code);
            code.Gap();
            code.Line(Names.GeneratedCode);
            WriteSizeOf(message, self, @interface, code);
            code.Gap();
            code.Line(Names.GeneratedCode);
            code.Line($"static void {@interface}.{MessageEmitter.WriteFrameOf(message)}");
            code.Line($"    => throw new {Names.InvalidOperation}(\"The size of {message.Shape.Name} is known only once its body is written.\");");
            code.Gap();
            code.Line(Names.GeneratedCode);
            code.Line($"static void {MessageEmitter.BoundMessageOf(message)}.{MessageEmitter.WriteChosenFrameOf(message)}");
            code.Line($"    => throw new {Names.InvalidOperation}(\"The size of {message.Shape.Name} is known only once its body is written.\");");
            code.Gap();
            code.Line(Names.GeneratedCode);
            code.Line($"static void {@interface}.{MessageEmitter.WriteBodyOf(message)}");
            code.Line($"    => global::MessagePack.MessagePackSerializer.Serialize(destination, message, {OptionsOf(message)});");
            MessageEmitter.WriteTryReadFrame(message, code);
            WriteTryRead(message, self, @interface, code);
        }
    }

    public static void WriteOptions(MessageModel message, CodeWriter code)
    {
        code.Line(Names.GeneratedCode);
        code.Line($"file static class {Options}");
        using (code.Block())
        {
            code.Line("internal static readonly global::MessagePack.MessagePackSerializerOptions Options =");
            code.Line("    global::MessagePack.MessagePackSerializerOptions.Standard");
            code.Line("        .WithSecurity(global::MessagePack.MessagePackSecurity.UntrustedData);");
        }
    }

    // Every way to send asks for the size first, so that null is refused by all of them, and before anything is written.
    private static void WriteSizeOf(MessageModel message, string self, string @interface, CodeWriter code)
    {
        if (IsStruct(message))
        {
            code.Line($"static int {@interface}.SizeOf(scoped in {self} message) => -1;");
            return;
        }

        string text = $"Null cannot be sent as a {message.Shape.Name}: the other side could read no message from it.";
        code.Line($"static int {@interface}.SizeOf(scoped in {self} message)");
        code.Line($"    => message is not null ? -1 : throw new {Names.ArgumentNull}(\"message\", \"{text}\");");
    }

    private static void WriteTryRead(MessageModel message, string self, string @interface, CodeWriter code)
    {
        code.Gap();
        code.Line(Names.GeneratedCode);
        code.Line($"static bool {@interface}.TryRead({Names.ByteReadOnlyMemory} body, out {self} message)");
        using (code.Block())
        {
            code.Line("try");
            using (code.Block())
            {
                code.Line("var reader = new global::MessagePack.MessagePackReader(body);");
                code.Line($"message = global::MessagePack.MessagePackSerializer.Deserialize<{self}>(ref reader, {OptionsOf(message)});");
                code.Line(IsStruct(message) ? "return reader.End;" : "return message is not null && reader.End;");
            }

            code.Line("catch (global::MessagePack.MessagePackSerializationException)");
            using (code.Block())
            {
                code.Line(IsStruct(message) ? "message = default;" : "message = null!;");
                code.Line("return false;");
            }
        }
    }

    private static bool IsStruct(MessageModel message) => message.Type.Self.Keyword.EndsWith("struct", StringComparison.Ordinal);

    private static string OptionsOf(MessageModel message)
        => $"global::{(message.Type.Namespace.Length > 0 ? message.Type.Namespace + "." : "")}{Options}.Options";
}
