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
            WriteMember(processor, "DispatchOpened", code, WriteOpened);
            WriteMember(processor, "DispatchReceived", code, WriteReceived);
            WriteMember(processor, "DispatchClosed", code, WriteClosed);
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

    private static void WriteThreading(ProcessorModel processor, CodeWriter code)
        => code.Line($"protected override {Names.Threading} DispatchThreading => {processor.Threading};");

    private static void WriteHeader(ProcessorModel processor, CodeWriter code)
        => code.Line($"protected override {Names.HeaderCodec} DispatchHeader => {Names.Framing}.CodecOf<{Names.MessageHeader}>();");

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
                code.Line(Call(opened));
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
                code.Line(Call(closed));
            }
        }
    }

    private static void WriteReceived(ProcessorModel processor, CodeWriter code)
    {
        code.Line($"protected override int DispatchReceived({Names.Peer} peer, {Names.ByteReadOnlyMemory} received)");
        using (code.Block())
        {
            code.Line($"{Names.ByteReadOnlySpan} bytes = received.Span;");
            code.Line("int maxBody = peer.MaxMessageSize;");
            code.Line("int consumed = 0;");
            code.Line($"{Names.MessageHeader} header = default;");
            code.Line("try");
            using (code.Block())
            {
                code.Line("do");
                using (code.Block())
                {
                    WriteFrame(processor, code);
                }

                code.Line($"while (!{Names.Dispatch}.IsInterrupted(peer));");
            }

            code.Line("catch (global::System.Exception exception)");
            using (code.Block())
            {
                code.Line($"{Names.Dispatch}.Threw(peer, header.Id, exception);");
            }

            code.Gap();
            code.Line("return consumed;");
        }
    }

    private static void WriteFrame(ProcessorModel processor, CodeWriter code)
    {
        string read = $"{Names.Framing}.TryReadFrame(bytes.Slice(consumed), maxBody, out header, out {Names.FrameExtent} extent)";
        code.Line($"{Names.FrameStatus} status = {read};");
        code.Line($"if (status != {Names.FrameStatus}.Complete)");
        using (code.Block())
        {
            code.Line($"return {Names.Dispatch}.Stop(peer, status, in header, extent, consumed);");
        }

        code.Gap();
        code.Line($"{Names.ByteReadOnlySpan} body = bytes.Slice(consumed + extent.BodyStart, extent.BodyLength);");
        code.Line("consumed += extent.Length;");
        code.Line("switch (header.Id)");
        using (code.Block())
        {
            foreach (HandlerModel handler in processor.Handlers)
            {
                WriteCase(handler, code);
                code.Gap();
            }

            WriteDefault(processor, code);
        }
    }

    private static void WriteCase(HandlerModel handler, CodeWriter code)
    {
        MessageShape message = handler.Message;
        string badBody = $"return {Names.Dispatch}.BadBody(peer, header.Id, \"{message.Name}\", body.Length, consumed);";
        string bytes = message.Kind == MessageKind.MessagePack ? "received.Slice(consumed - body.Length, body.Length)" : "body";

        code.Line($"case {message.Id}: // {message.Name}");
        using (code.Block())
        {
            code.Line(handler.TakesReader
                ? Invariant($"if (body.Length != {message.Size})")
                : $"if (!{Names.MessageCodec}.TryRead({bytes}, out {message.FullName} message))");
            using (code.Block())
            {
                code.Line(badBody);
            }

            code.Gap();
            if (handler.TakesReader)
            {
                code.Line($"var message = new {message.FullName}.{Known.Reader}(body);");
            }

            code.Line(Call(handler.Method));
            code.Line("break;");
        }
    }

    private static void WriteDefault(ProcessorModel processor, CodeWriter code)
    {
        code.Line("default:");
        using (code.Block())
        {
            if (processor.Unhandled is { } unhandled)
            {
                code.Line(Call(unhandled));
                code.Line("break;");
            }
            else
            {
                code.Line($"return {Names.Dispatch}.Unknown(peer, header.Id, consumed);");
            }
        }
    }

    private static string Call(MethodModel method)
    {
        string call = $"{method.Target}.{method.Name}({string.Join(", ", method.Arguments.Select(Argument))})";
        return method.Result switch
        {
            MethodResult.ValueTask => $"{Names.Dispatch}.Await(peer, {call});",
            MethodResult.Task => $"{Names.Dispatch}.Await(peer, new {Names.ValueTask}({call}));",
            MethodResult.State => $"peer.State = {call};",
            _ => call + ";",
        };
    }

    private static string Argument(ArgumentModel argument)
    {
        string value = argument.Role switch
        {
            ArgumentRole.Peer => "peer",
            ArgumentRole.State => $"({argument.Type})peer.State!",
            ArgumentRole.Header => "header",
            ArgumentRole.Message => "message",
            ArgumentRole.Body => "body",
            ArgumentRole.Reason => "reason",
            _ => throw new ArgumentOutOfRangeException(nameof(argument)),
        };
        return argument.ByReference ? "in " + value : value;
    }
}
