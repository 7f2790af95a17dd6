using System.Globalization;
using System.Security;
using QContinuum.Generator.Model;
using static System.FormattableString;

namespace QContinuum.Generator.Emit;

/// <summary>Writes the file of a message: what reads it and what writes it.</summary>
internal static class MessageEmitter
{
    public static SourceFile Emit(MessageModel message) => message switch
    {
        { BrokenRule: { } rule } => Emit(message, "Stands in for", $", whose declaration breaks {rule}", StubEmitter.Write),
        { Shape.Kind: MessageKind.MessagePack }
            => Emit(message, "Reads and writes", " as MessagePack", MessagePackEmitter.Write, MessagePackEmitter.WriteOptions),
        { Shape.Kind: MessageKind.View } => Emit(message, "Reads and writes", Invariant($": {message.Shape.Size} bytes, and parts of any length"), LayoutEmitter.Write),
        _ => Emit(message, "Reads and writes", Invariant($": {message.Shape.Size} bytes"), LayoutEmitter.Write),
    };

    /// <summary>Opens the part of the message that implements its interface.</summary>
    public static CodeWriter.Braces Open(MessageModel message, CodeWriter code)
    {
        code.Line($"partial {message.Type.Self.Keyword} {message.Type.Self.Name} : {InterfaceOf(message)}");
        return code.Block();
    }

    /// <summary>Writes what ties a message to its header.</summary>
    public static void WriteBinding(MessageModel message, CodeWriter code)
    {
        MessageShape shape = message.Shape;
        string id = shape.HasId ? shape.Id.ToString(CultureInfo.InvariantCulture) : $"{Names.Framing}.IdOf(in chosen)";
        WriteHead(code, $"static {Names.HeaderCodec} {MessageOf(message)}.Header => {Names.Framing}.CodecOf<{shape.Header}>();");
        WriteHead(code, Invariant($"static long {MessageOf(message)}.Id => {shape.Id};"));
        WriteHead(code, $"static {Names.MessageRole} {MessageOf(message)}.Role => {RoleOf(shape)};");
        if (shape.MaxSize >= 0)
        {
            WriteHead(code, Invariant($"static int {MessageOf(message)}.{(shape.IsExact ? "BodySize" : "MaxBody")} => {shape.MaxSize};"));
        }

        WriteHead(
            code,
            Names.Inlined,
            $"static {shape.Header} {BoundMessageOf(message)}.HeaderOf(scoped in {message.Type.SelfName} message, scoped in {shape.Header} chosen)",
            $"    => {Names.Framing}.Adopt(in chosen, {id}, {RoleOf(shape)}){HeaderSizesOf(message)};");
    }

    /// <summary>Writes how a message is read from a whole frame.</summary>
    public static void WriteTryReadFrame(MessageModel message, CodeWriter code)
    {
        WriteHead(code, $"static bool {MessageOf(message)}.TryReadFrame({Names.ByteReadOnlyMemory} frame, out {message.Type.SelfName} message)");
        using (code.Block())
        {
            // Of its type: a member of the message may have the name _.
            string header = $"{message.Shape.Header} {(message.Shape.IsHeaderSized ? "header" : "_")}";
            code.Line($"if ({Names.Framing}.TryGetBody<{message.Shape.Header}>(frame, out {header}, out {Names.ByteReadOnlyMemory} body))");
            using (code.Block())
            {
                code.Line(message.Shape.IsHeaderSized
                    ? $"return {Names.MessageCodec}.TryRead(in header, body.Span, out message);"
                    : $"return {Names.MessageCodec}.TryRead(body, out message);");
            }

            code.Gap();
            code.Line("message = default!;");
            code.Line("return false;");
        }
    }

    /// <summary>The role of a message, as an expression.</summary>
    public static string RoleOf(MessageShape shape) => shape switch
    {
        { IsFault: true } => $"{Names.MessageRole}.Reply | {Names.MessageRole}.Fault",
        { IsReply: true } => $"{Names.MessageRole}.Reply",
        _ => $"{Names.MessageRole}.None",
    };

    /// <summary>The interface of every message.</summary>
    public static string MessageOf(MessageModel message) => $"{Names.Message}<{message.Type.SelfName}>";

    /// <summary>The interface of a message bound to its header.</summary>
    public static string BoundMessageOf(MessageModel message) => $"{Names.Message}<{message.Type.SelfName}, {message.Shape.Header}>";

    /// <summary>The interface of messages that are read in place.</summary>
    public static string InPlaceMessageOf(MessageModel message)
        => message.Shape.IsHeaderSized
            ? $"{Names.HeaderSizedMessage}<{message.Type.SelfName}, {message.Shape.Header}>"
            : $"{Names.InPlaceMessage}<{message.Type.SelfName}>";

    /// <summary>The signature of WriteFrame.</summary>
    public static string WriteFrameOf(MessageModel message)
        => $"WriteFrame(scoped in {message.Type.SelfName} message, scoped {Names.ByteSpan} frame, ulong correlation)";

    /// <summary>The signature of WriteFrame with header fields chosen by the sender.</summary>
    public static string WriteChosenFrameOf(MessageModel message)
        => $"WriteFrame(scoped in {message.Type.SelfName} message, scoped in {message.Shape.Header} chosen, scoped {Names.ByteSpan} frame)";

    /// <summary>The signature of WriteBody.</summary>
    public static string WriteBodyOf(MessageModel message)
        => $"WriteBody(scoped in {message.Type.SelfName} message, {Names.BufferWriter} destination)";

    /// <summary>A type as documentation shows it.</summary>
    public static string Document(string type) => "<c>" + SecurityElement.Escape(type.Replace("global::", "")) + "</c>";

    private static string InterfaceOf(MessageModel message)
        => message.Shape.Kind == MessageKind.MessagePack
            ? BoundMessageOf(message)
            : message.Shape.IsHeaderSized ? InPlaceMessageOf(message)
            : $"{InPlaceMessageOf(message)}, {BoundMessageOf(message)}";

    // The header fields that say how long parts are.
    private static string HeaderSizesOf(MessageModel message)
    {
        string[] sizes = [.. message.Layout.Members
            .Where(static member => member.Part is { SizedByHeader: not null })
            .GroupBy(static member => member.Part!.SizedBy)
            .Select(static parts => (Field: parts.Key, Parts: parts, Header: parts.First().Part!.SizedByHeader!))
            .Select(static one => $"{one.Field} = {Numbers.FromBits(one.Header.Wire, one.Header.Type, PartCode.CountOf(one.Parts, one.Header.Max))}")];
        return sizes.Length == 0 ? "" : $" with {{ {string.Join(", ", sizes)} }}";
    }

    /// <summary>Begins a member.</summary>
    public static void WriteHead(CodeWriter code, params string[] lines)
    {
        code.Gap();
        code.Line(Names.GeneratedCode);
        foreach (string line in lines)
        {
            code.Line(line);
        }
    }

    private static SourceFile Emit(
        MessageModel message,
        string does,
        string how,
        Action<MessageModel, CodeWriter> writePart,
        Action<MessageModel, CodeWriter>? writeBeside = null)
        => SourceFile.Write(
            message.Type,
            "Message",
            $"{does} the message {message.Shape.Name}{how}.",
            code => writePart(message, code),
            (writeBeside, message.Request) is (null, null) ? null : code => WriteBeside(message, writeBeside, code));

    private static void WriteBeside(MessageModel message, Action<MessageModel, CodeWriter>? writeBeside, CodeWriter code)
    {
        if (message.Request is not null)
        {
            RequestEmitter.Write(message, code);
            code.Gap();
        }

        writeBeside?.Invoke(message, code);
    }
}
