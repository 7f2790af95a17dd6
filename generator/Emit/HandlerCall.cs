using QContinuum.Generator.Model;

namespace QContinuum.Generator.Emit;

/// <summary>Writes the call of a handler, and what becomes of its result.</summary>
internal static class HandlerCall
{
    public static string Write(ProcessorModel processor, MethodModel method)
    {
        string call = $"{method.Target}.{method.Name}({string.Join(", ", method.Arguments.Select(Argument))})";
        return method.Result switch
        {
            MethodResult.ValueTask => $"{Names.Dispatch}.Await(peer, {call});",
            MethodResult.Task => $"{Names.Dispatch}.Await(peer, new {Names.ValueTask}({call}));",
            MethodResult.State => $"peer.State = {call};",
            MethodResult.Reply => $"peer.Send({ReplyHeader(processor)}, {call});",
            MethodResult.ReplyValueTask => $"{Names.Dispatch}.AwaitReply(peer, {ReplyHeader(processor)}, {call});",
            MethodResult.ReplyTask => $"{Names.Dispatch}.AwaitReply(peer, {ReplyHeader(processor)}, {call});",
            _ => call + ";",
        };
    }

    /// <summary>The header of the reply to the message at hand, whose own is <c>header</c>.</summary>
    public static string ReplyHeader(ProcessorModel processor)
    {
        if (processor.In.FullName == processor.Out)
        {
            return $"{Names.Framing}.ReplyTo(in header, {Names.MessageRole}.Reply)";
        }

        string copied = string.Join(", ", processor.Copied.Select(static field => $"{field} = header.{field}"));
        string created = $"{Names.Framing}.Create<{processor.Out}>(0, {Names.Framing}.CorrelationOf(in header), {Names.MessageRole}.Reply)";
        return copied.Length == 0 ? created : $"{created} with {{ {copied} }}";
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
