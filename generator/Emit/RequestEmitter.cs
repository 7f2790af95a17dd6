using QContinuum.Generator.Model;

namespace QContinuum.Generator.Emit;

/// <summary>Writes the RequestAsync of a message: extensions of Peer, beside the message.</summary>
internal static class RequestEmitter
{
    public static void Write(MessageModel message, CodeWriter code)
    {
        RequestModel request = message.Request!;
        code.Line($"/// <summary>Sends {MessageEmitter.Document(message.Shape.Name)} and waits for its reply.</summary>");
        code.Line(Names.GeneratedCode);
        code.Line($"{(request.IsPublic ? "public" : "internal")} static class {request.Class}");
        using (code.Block())
        {
            WriteMethods(message, request, request.IsOwned, "RequestAsync", code);
            if (!request.IsOwned)
            {
                // The reply as it came, with its header.
                WriteMethods(message, request, isOwned: true, "RequestOwnedAsync", code);
            }
        }
    }

    private static void WriteMethods(MessageModel message, RequestModel request, bool isOwned, string name, CodeWriter code)
    {
        WriteMethod(message, request, isOwned, name, takesHeader: false, "public", code);
        if (request.HeaderExposure != Exposure.Hidden)
        {
            // In a class that no other assembly sees, "public" says no more than that.
            bool isPublic = request.HeaderExposure == Exposure.Public || !request.IsPublic;
            WriteMethod(message, request, isOwned, name, takesHeader: true, isPublic ? "public" : "internal", code);
        }
    }

    private static void WriteMethod(MessageModel message, RequestModel request, bool isOwned, string name, bool takesHeader, string visibility, CodeWriter code)
    {
        string self = message.Type.FullName;
        string header = message.Shape.Header;
        string result = isOwned ? $"global::QContinuum.Owned<{request.Reply}>" : request.Reply;
        string fault = request.FaultId?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null";
        string send = isOwned ? "SendOwnedAsync" : "SendAsync";
        code.Gap();
        code.Line("/// <summary>Sends a request, and completes with its reply.</summary>");
        code.Line("/// <param name=\"peer\">The peer that is asked.</param>");
        if (takesHeader)
        {
            code.Line("/// <param name=\"header\">The header, whose fields the sender chooses; what ties the reply to the request is assigned.</param>");
        }

        code.Line("/// <param name=\"request\">The request; it is encoded before the call returns.</param>");
        code.Line("/// <param name=\"cancellationToken\">Gives the request up.</param>");
        if (isOwned)
        {
            code.Line("/// <returns>The reply and its header, to dispose of.</returns>");
        }

        code.Line("/// <exception cref=\"global::QContinuum.ReplyFaultException\">The other side answered with a fault.</exception>");
        code.Line("/// <exception cref=\"global::QContinuum.PeerClosedException\">The peer closed before the reply was there.</exception>");
        code.Line("/// <exception cref=\"global::System.TimeoutException\">The reply took longer than <c>PeerOptions.RequestTimeout</c>.</exception>");
        string headerParameter = takesHeader ? $", in {header} header" : "";
        string parameters = $"this {Names.Peer} peer{headerParameter}, in {self} request, {CancellationToken} cancellationToken = default";
        code.Line($"{visibility} static global::System.Threading.Tasks.ValueTask<{result}> {name}({parameters})");
        code.Line(takesHeader
            ? $"    => {Names.RequestSender}.{send}<{header}, {self}, {request.Reply}>(peer, in header, in request, {fault}, cancellationToken);"
            : $"    => {Names.RequestSender}.{send}<{self}, {request.Reply}>(peer, in request, {fault}, cancellationToken);");
    }

    private const string CancellationToken = "global::System.Threading.CancellationToken";
}
