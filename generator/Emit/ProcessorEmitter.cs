using System.Globalization;
using QContinuum.Generator.Model;
using static System.FormattableString;

namespace QContinuum.Generator.Emit;

/// <summary>Writes the file of a processor: its receive loop and its dispatch.</summary>
internal static class ProcessorEmitter
{
    public static SourceFile Emit(ProcessorModel processor)
        => SourceFile.Write(
            processor.Type,
            "Processor",
            $"Frames what the peers of the processor {processor.Type.Self.Name} send, and calls its handlers.",
            code => WriteType(processor, code));

    private static void WriteType(ProcessorModel processor, CodeWriter code)
    {
        code.Line($"partial {processor.Type.Self.Keyword} {processor.Type.Self.Name} : {Names.Processor}");
        using (code.Block())
        {
            WriteMember(processor, "DispatchThreading", code, WriteThreading);
            WriteMember(processor, "DispatchHeader", code, WriteHeader);
            if (processor.Out != processor.In.FullName)
            {
                WriteMember(processor, "DispatchReceivedHeader", code, WriteReceivedHeader);
            }

            WriteMember(processor, "DispatchOpened", code, WriteOpened);
            WriteMember(processor, "DispatchReceived", code, ReceiveLoopEmitter.Write);
            if (processor.In.HasCorrelation)
            {
                WriteMember(processor, "DispatchReplies", code, ReceiveLoopEmitter.WriteReplies);
            }

            WriteMember(processor, "DispatchClosed", code, WriteClosed);
            if (processor.Handlers.Count > 0)
            {
                WriteMember(processor, "DispatchHandles", code, WriteHandles);
            }

            if (processor.Out != processor.In.FullName && !processor.HasOwnReply)
            {
                WriteReply(processor, code);
            }
        }
    }

    private static void WriteMember(ProcessorModel processor, string name, CodeWriter code, Action<ProcessorModel, CodeWriter> write)
    {
        if (!processor.Taken.Contains(name))
        {
            code.Gap();
            code.Line("/// <inheritdoc/>");
            code.Line(Names.GeneratedCode);
            write(processor, code);
        }
    }

    // Of two headers only the processor knows both: Peer.Reply is for one.
    private static void WriteReply(ProcessorModel processor, CodeWriter code)
    {
        code.Gap();
        code.Line("/// <summary>Queues the reply to a request: correlation and copied fields are those of the request.</summary>");
        code.Line("/// <param name=\"peer\">The peer that asked.</param>");
        code.Line("/// <param name=\"header\">The header of the request.</param>");
        code.Line("/// <param name=\"message\">The reply.</param>");
        code.Line("/// <returns>Whether it was queued.</returns>");
        code.Line(Names.GeneratedCode);
        code.Line($"private static {Names.SendResult} {Known.Reply}<TMessage>({Names.Peer} peer, scoped in {processor.In.FullName} header, scoped in TMessage message)");
        code.Line($"    where TMessage : {Names.Message}<TMessage, {processor.Out}>, allows ref struct");
        code.Line($"    => peer.Send({HandlerCall.ReplyHeader(processor)}, in message);");
    }

    private static void WriteThreading(ProcessorModel processor, CodeWriter code)
        => code.Line($"protected override {Names.Threading} DispatchThreading => {processor.Threading};");

    private static void WriteHeader(ProcessorModel processor, CodeWriter code)
        => code.Line($"protected override {Names.HeaderCodec} DispatchHeader => {Names.Framing}.CodecOf<{processor.Out}>();");

    private static void WriteReceivedHeader(ProcessorModel processor, CodeWriter code)
        => code.Line($"protected override {Names.HeaderCodec} DispatchReceivedHeader => {Names.Framing}.CodecOf<{processor.In.FullName}>();");

    private static void WriteOpened(ProcessorModel processor, CodeWriter code)
    {
        code.Line($"protected override void DispatchOpened({Names.Peer} peer)");
        using (code.Block())
        {
            if (processor.Unresolved.Count > 0)
            {
                // Whoever else generates the type, this generator could not see it: better no peer than a handler that is never called.
                string handlers = string.Join(", ", processor.Unresolved);
                code.Line($"throw new {Names.InvalidOperation}(\"Written as it is, no dispatch can be generated for {handlers}.\");");
            }
            else if (processor.Opened is { } opened)
            {
                code.Line(HandlerCall.Write(processor, opened));
            }
        }
    }

    private static void WriteClosed(ProcessorModel processor, CodeWriter code)
    {
        code.Line($"protected override void DispatchClosed({Names.Peer} peer, {Names.CloseReason} reason)");
        using (code.Block())
        {
            if (processor.Closed is { } closed)
            {
                code.Line(HandlerCall.Write(processor, closed));
            }
        }
    }

    // What a handler that is added while the processor runs would take away.
    private static void WriteHandles(ProcessorModel processor, CodeWriter code)
    {
        IEnumerable<string> handled = processor.Handlers.Select(handler =>
            $"({(handler.Message.HasId ? handler.Message.Id.ToString(CultureInfo.InvariantCulture) : "_")}, {RolesOf(processor.In, handler.Message)})");
        code.Line($"protected override bool DispatchHandles(long id, {Names.MessageRole} role)");
        code.Line($"    => (id, role) is {string.Join(" or ", handled.Distinct())};");
    }

    // The declared roles of all that the dispatch gives to the handler of a message: what the header does not tell from it, too.
    private static string RolesOf(HeaderFacts header, MessageShape message) => (header, message) switch
    {
        ({ HasFault: true }, { IsFault: true }) => $"{Names.MessageRole}.Reply | {Names.MessageRole}.Fault",
        ({ HasReplyFlag: true, HasFault: true }, { IsReply: true }) => $"{Names.MessageRole}.Reply",
        ({ HasReplyFlag: true }, { IsReply: true }) => $"not {Names.MessageRole}.None",
        ({ HasReplyFlag: true }, _) => $"{Names.MessageRole}.None",
        ({ HasFault: true }, _) => $"{Names.MessageRole}.None or {Names.MessageRole}.Reply",
        _ => "_",
    };
}
