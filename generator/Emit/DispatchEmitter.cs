using System.Globalization;
using QContinuum.Generator.Model;
using static System.FormattableString;

namespace QContinuum.Generator.Emit;

/// <summary>Writes how a whole frame finds its handler: by its role, where the header says one, and by its id.</summary>
internal static class DispatchEmitter
{
    private const string Id = Names.Framing + ".IdOf(in header)";
    private const string Role = Names.Framing + ".RoleOf(in header)";

    public static void Write(ProcessorModel processor, CodeWriter code)
    {
        if (!processor.In.HasReplyFlag && !processor.In.HasFault)
        {
            WriteSwitch(processor, [.. processor.Handlers], code);
            return;
        }

        // Where the header does not tell faults they are replies like others.
        HandlerModel[] faults = [.. processor.Handlers.Where(handler => processor.In.HasFault && handler.Message.IsFault)];
        HandlerModel[] others = [.. processor.Handlers.Except(faults)];

        code.Line($"{Names.MessageRole} role = {Role};");
        string elseIf = "";
        if (processor.In.HasFault)
        {
            // A fault has the id of what failed, and is never taken for it.
            code.Line($"if ((role & {Names.MessageRole}.Fault) != 0)");
            using (code.Block())
            {
                WriteSwitch(processor, faults, code);
            }

            elseIf = "else ";
        }

        if (processor.In.HasReplyFlag)
        {
            code.Line($"{elseIf}if ((role & {Names.MessageRole}.Reply) != 0)");
            using (code.Block())
            {
                WriteSwitch(processor, [.. others.Where(static handler => handler.Message.IsReply)], code);
            }

            others = [.. others.Where(static handler => !handler.Message.IsReply)];
        }

        code.Line("else");
        using (code.Block())
        {
            WriteSwitch(processor, others, code);
        }
    }

    /// <summary>Ends the loop for a body that is longer than its message may be.</summary>
    public static string Refusal(MessageShape message, string length)
        => message.IsExact
            ? $"return {Names.Dispatch}.BadBody(peer, {Id}, \"{message.Name}\", {length}, consumed);"
            : Invariant($"return {Names.Dispatch}.TooLong(peer, \"{message.Name}\", {length}, {message.MaxSize}, consumed);");

    private static void WriteSwitch(ProcessorModel processor, HandlerModel[] handlers, CodeWriter code)
    {
        HandlerModel[] known = [.. handlers.Where(static handler => handler.Message.HasId)];
        HandlerModel? any = handlers.FirstOrDefault(static handler => !handler.Message.HasId);
        if (known.Length == 0)
        {
            WriteOther(processor, any, code);
            return;
        }

        code.Line($"switch ({Id})");
        using (code.Block())
        {
            foreach (HandlerModel handler in known)
            {
                code.Line($"case {handler.Message.Id.ToString(CultureInfo.InvariantCulture)}: // {handler.Message.Name}");
                using (code.Block())
                {
                    WriteHandler(processor, handler, code);
                    code.Line("break;");
                }

                code.Gap();
            }

            code.Line("default:");
            using (code.Block())
            {
                WriteOther(processor, any, code);
                if (any is not null || processor.Unhandled is not null || processor.SkipsUnknown)
                {
                    code.Line("break;");
                }
            }
        }
    }

    private static void WriteHandler(ProcessorModel processor, HandlerModel handler, CodeWriter code)
    {
        MessageShape message = handler.Message;
        if (message.MaxSize >= 0 && !message.IsExact)
        {
            code.Line($"if (body.Length > {message.MaxSize})");
            using (code.Block())
            {
                code.Line(Refusal(message, "body.Length"));
            }

            code.Gap();
        }

        code.Line($"if (!{Read(handler)})");
        using (code.Block())
        {
            code.Line($"return {Names.Dispatch}.BadBody(peer, {Id}, \"{message.Name}\", body.Length, consumed);");
        }

        code.Gap();
        if (handler.Form == MessageForm.Owned)
        {
            code.Line($"var message = {Names.Dispatch}.Own<{message.FullName}>(peer, received.Span.Slice(consumed - extent.Length, extent.Length));");
        }

        code.Line(HandlerCall.Write(processor, handler.Method));
    }

    private static string Read(HandlerModel handler)
    {
        MessageShape message = handler.Message;
        string target = handler.Form == MessageForm.Owned ? $"out {message.FullName} _" : $"out {message.FullName} message";
        string memory = "received.Slice(consumed - extent.Length + extent.BodyStart, extent.BodyLength)";
        return handler.Form == MessageForm.Reader ? $"{Names.MessageCodec}.TryReadInPlace(body, out {message.FullName}.{Known.Reader} message)"
            : message.Kind == MessageKind.MessagePack ? $"{Names.MessageCodec}.TryRead({memory}, {target})"
            : message.IsHeaderSized ? $"{Names.MessageCodec}.TryRead(in header, body, {target})"
            : $"{Names.MessageCodec}.TryRead(body, {target})";
    }

    private static void WriteOther(ProcessorModel processor, HandlerModel? any, CodeWriter code)
    {
        if (any is not null)
        {
            WriteHandler(processor, any, code);
            return;
        }

        code.Line($"if ({Names.Dispatch}.TryHandle(this, peer, in header, received.Slice(consumed - extent.Length, extent.Length)))");
        using (code.Block())
        {
            code.Line("continue;");
        }

        code.Gap();
        code.Line(processor switch
        {
            { Unhandled: { } unhandled } => HandlerCall.Write(processor, unhandled),
            { SkipsUnknown: true } => "// What no handler takes is skipped.",
            _ => $"return {Names.Dispatch}.Unknown(peer, {Id}, {Role}, consumed);",
        });
    }
}
