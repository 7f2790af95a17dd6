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
        { Tail: not null } => Emit(message, "Reads and writes", Invariant($": {message.Shape.Size} bytes, then a tail"), LayoutEmitter.Write),
        _ => Emit(message, "Reads and writes", Invariant($": {message.Shape.Size} bytes"), LayoutEmitter.Write),
    };

    /// <summary>Opens the part of the message that implements its interface.</summary>
    public static CodeWriter.Braces Open(MessageModel message, CodeWriter code)
    {
        code.Line($"partial {message.Type.Self.Keyword} {message.Type.Self.Name} : {InterfaceOf(message)}");
        return code.Block();
    }

    public static void WriteHeaderAndId(MessageModel message, CodeWriter code)
    {
        code.Gap();
        code.Line(Names.GeneratedCode);
        code.Line($"static {Names.HeaderCodec} {MessageOf(message)}.Header => {Names.MessageHeader}.Codec;");
        code.Gap();
        code.Line(Names.GeneratedCode);
        code.Line($"static long {MessageOf(message)}.Id => {message.Shape.Id};");
    }

    /// <summary>The interface of every message.</summary>
    public static string MessageOf(MessageModel message) => $"{Names.Message}<{message.Type.SelfName}>";

    /// <summary>The interface of messages that are read in place.</summary>
    public static string InPlaceMessageOf(MessageModel message) => $"{Names.InPlaceMessage}<{message.Type.SelfName}>";

    /// <summary>The signature of WriteFrame.</summary>
    public static string WriteFrameOf(MessageModel message)
        => $"WriteFrame(scoped in {message.Type.SelfName} message, scoped {Names.ByteSpan} frame, ulong correlation)";

    /// <summary>The signature of WriteBody.</summary>
    public static string WriteBodyOf(MessageModel message)
        => $"WriteBody(scoped in {message.Type.SelfName} message, {Names.BufferWriter} destination)";

    /// <summary>A type as documentation shows it.</summary>
    public static string Document(string type) => "<c>" + SecurityElement.Escape(type.Replace("global::", "")) + "</c>";

    private static string InterfaceOf(MessageModel message)
        => message.Shape.Kind == MessageKind.MessagePack ? MessageOf(message) : InPlaceMessageOf(message);

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
            writeBeside is null ? null : code => writeBeside(message, code));
}
