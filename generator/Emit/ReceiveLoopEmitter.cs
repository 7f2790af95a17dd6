using System.Globalization;
using QContinuum.Generator.Model;
using static System.FormattableString;

namespace QContinuum.Generator.Emit;

/// <summary>Writes the receive loop of a processor: frame after frame, each handed to its handler.</summary>
internal static class ReceiveLoopEmitter
{
    private const string Id = Names.Framing + ".IdOf(in header)";

    public static void Write(ProcessorModel processor, CodeWriter code)
    {
        code.Line($"protected override int DispatchReceived({Names.Peer} peer, {Names.ByteReadOnlyMemory} received)");
        using (code.Block())
        {
            // What the loop goes by stays in registers. What is needed after an exception as well cannot: it is only noted.
            code.Line($"{Names.ByteReadOnlySpan} rest = received.Span;");
            code.Line("int maxBody = peer.MaxMessageSize;");
            code.Line("int consumed = 0;");
            code.Line($"{processor.In.FullName} header = default;");
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
                code.Line($"{Names.Dispatch}.Threw(peer, {Id}, exception);");
            }

            code.Gap();
            code.Line("return consumed;");
        }
    }

    /// <summary>Writes what looks for replies among frames that wait for a held lane.</summary>
    public static void WriteReplies(ProcessorModel processor, CodeWriter code)
    {
        code.Line($"protected override int DispatchReplies({Names.Peer} peer, {Names.ByteReadOnlyMemory} waiting)");
        using (code.Block())
        {
            string read = $"{Names.Framing}.TryReadFrame(waiting.Span.Slice(seen), peer.MaxMessageSize, out {processor.In.FullName} header, out {Names.FrameExtent} extent)";
            code.Line("int seen = 0;");
            code.Line($"while ({read} == {Names.FrameStatus}.Complete)");
            using (code.Block())
            {
                code.Line($"{Names.Dispatch}.TryComplete(peer, in header, waiting.Slice(seen, extent.Length));");
                code.Line("seen += extent.Length;");
            }

            code.Gap();
            code.Line("return seen;");
        }
    }

    private static void WriteFrame(ProcessorModel processor, CodeWriter code)
    {
        string read = $"{Names.Framing}.TryReadFrame(rest, maxBody, out header, out {Names.FrameExtent} extent)";
        code.Line($"{Names.FrameStatus} status = {read};");
        code.Line($"if (status != {Names.FrameStatus}.Complete)");
        using (code.Block())
        {
            WriteLimits(processor, code);
            code.Line($"return {Names.Dispatch}.Stop(peer, status, in header, extent, consumed);");
        }

        code.Gap();
        code.Line($"{Names.ByteReadOnlySpan} body = rest.Slice(extent.BodyStart, extent.BodyLength);");
        code.Line("rest = rest.Slice(extent.Length);");
        code.Line("consumed += extent.Length;");
        if (processor.In.HasCorrelation)
        {
            string frame = "received.Slice(consumed - extent.Length, extent.Length)";
            code.Line($"if ({Names.Dispatch}.AwaitsReplies(peer) && {Names.Dispatch}.TryComplete(peer, in header, {frame}))");
            using (code.Block())
            {
                code.Line("continue;");
            }

            code.Gap();
        }

        DispatchEmitter.Write(processor, code);
    }

    // As soon as the header is there: a claim that no message of its id may make is refused before a byte is kept for it.
    private static void WriteLimits(ProcessorModel processor, CodeWriter code)
    {
        MessageShape[] limited = [.. processor.Handlers
            .Select(static handler => handler.Message)
            .Where(message => message is { HasId: true, MaxSize: >= 0 } && !(processor.In.HasFault && message.IsFault))];
        if (limited.Length == 0)
        {
            return;
        }

        // A reply that a request waits for may share its id with a shorter message, unless a flag tells the two apart.
        string awaits = processor.In is { HasCorrelation: true, HasReplyFlag: false } ? $" && !{Names.Dispatch}.AwaitsReplies(peer)" : "";
        code.Line($"if (status == {Names.FrameStatus}.Incomplete && extent.BodyStart > 0{awaits})");
        using (code.Block())
        {
            if (processor.In.HasFault || processor.In.HasReplyFlag)
            {
                code.Line($"{Names.MessageRole} claimed = {Names.Framing}.RoleOf(in header);");
            }

            code.Line($"switch ({Id})");
            using (code.Block())
            {
                foreach (MessageShape message in limited)
                {
                    code.Line(Invariant($"case {message.Id} when extent.BodyLength > {message.MaxSize}{Distinction(processor.In, message)}:"));
                    code.Line("    " + DispatchEmitter.Refusal(message, "extent.BodyLength"));
                }
            }
        }

        code.Gap();
    }

    // What else than the id makes a header that of a message.
    private static string Distinction(HeaderFacts header, MessageShape message) => (header, message) switch
    {
        ({ HasReplyFlag: true, HasCorrelation: true }, { IsReply: true }) => $" && claimed == {Names.MessageRole}.Reply && !{Names.Dispatch}.AwaitsReplies(peer)",
        ({ HasReplyFlag: true }, { IsReply: true }) => $" && claimed == {Names.MessageRole}.Reply",
        ({ HasReplyFlag: true }, _) => $" && claimed == {Names.MessageRole}.None",
        ({ HasFault: true }, _) => $" && (claimed & {Names.MessageRole}.Fault) == 0",
        _ => "",
    };
}
