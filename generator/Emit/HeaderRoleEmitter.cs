using QContinuum.Generator.Model;

namespace QContinuum.Generator.Emit;

/// <summary>Writes what a header says of its message, and how a header is made that says so.</summary>
internal static class HeaderRoleEmitter
{
    private const string IsReply = $"((role & {Names.MessageRole}.Reply) != 0)";
    private const string IsFault = $"((role & {Names.MessageRole}.Fault) != 0)";

    public static void Write(HeaderModel header, CodeWriter code)
    {
        string self = header.Type.SelfName;
        string @interface = HeaderEmitter.InterfaceOf(header);
        WriteMethod($"static long {@interface}.IdOf(scoped in {self} header)", IdOf(header));
        WriteMethod($"static ulong {@interface}.CorrelationOf(scoped in {self} header)", CorrelationOf(header, "header"));
        WriteMethod($"static {Names.MessageRole} {@interface}.RoleOf(scoped in {self} header)", RoleOf(header));
        WriteMethod($"static {self} {@interface}.Create(long id, ulong correlation, {Names.MessageRole} role)", Make(field => Created(header, field, "")));
        WriteMethod($"static {self} {@interface}.Adopt(scoped in {self} chosen, long id, {Names.MessageRole} role)", Make(field => Created(header, field, "chosen")));
        MessageEmitter.WriteHead(code, Names.Inlined, $"static {self} {@interface}.ReplyTo(scoped in {self} request)");
        using (code.Block())
        {
            string id = IdOf(header).Replace("header.", "request.");
            code.Line($"const {Names.MessageRole} role = {Names.MessageRole}.Reply;");
            code.Line($"long id = {id};");
            code.Line($"ulong correlation = {CorrelationOf(header, "request")};");
            code.Line($"return {Make(field => Created(header, field, field.Is(HeaderRoles.Copied) ? "request" : "", isReply: true))};");
        }

        void WriteMethod(string signature, string value) => MessageEmitter.WriteHead(code, Names.Inlined, signature, $"    => {value};");

        string Make(Func<HeaderFieldModel, string> value) => $"new {self}({string.Join(", ", header.Fields.Select(value))})";
    }

    private static HeaderFieldModel[] Ids(HeaderModel header) => [.. header.Fields.Where(static field => field.Is(HeaderRoles.MessageId))];

    private static string IdOf(HeaderModel header) => Ids(header) switch
    {
        [] => "0",
        [var one] when one.Wire.IsSigned() && one.Masks.Id == one.AllBits => one.IsEnum ? $"(long)({one.Wire.Keyword()})header.{one.Name}" : $"(long)header.{one.Name}",
        [var one] => $"unchecked((long)({Part(one)}))",
        [var first, var second, ..] => $"unchecked((long)((({Part(first)}) << {Text(second.Width)}) | ({Part(second)})))",
    };

    private static string Part(HeaderFieldModel field) => $"{HeaderBits.Of(field, "header")} & {Numbers.Literal(field.Masks.Id)}";

    private static string CorrelationOf(HeaderModel header, string from)
        => header.Fields.FirstOrDefault(static field => field.Is(HeaderRoles.Correlation)) is { } field ? HeaderBits.Of(field, from) : "0";

    private static string RoleOf(HeaderModel header)
    {
        string[] replies =
        [
            .. header.Fields.Where(static field => field.Is(HeaderRoles.ReplyFlag)).Select(
                static field => $"({HeaderBits.Of(field, "header")} & {Numbers.Literal(field.Masks.Reply)}) == {Numbers.Literal(field.Masks.Reply)}"),
            .. header.Fields.Where(static field => field.ReplyConstant is not null).Select(
                static field => $"{HeaderBits.Of(field, "header")} == {Numbers.Literal(field.ReplyConstant!.Value)}"),
        ];
        string? fault = header.Fields.FirstOrDefault(static field => field.Is(HeaderRoles.Fault)) is { } flag
            ? $"({HeaderBits.Of(flag, "header")} & {Numbers.Literal(flag.Masks.Fault)}) != 0"
            : null;
        string both = $"{Names.MessageRole}.Reply | {Names.MessageRole}.Fault";
        return (replies.Length > 0, fault) switch
        {
            (false, null) => $"{Names.MessageRole}.None",
            (false, _) => $"{fault} ? {both} : {Names.MessageRole}.None",
            (true, null) => $"{string.Join(" || ", replies)} ? {Names.MessageRole}.Reply : {Names.MessageRole}.None",
            (true, _) => $"!({string.Join(" || ", replies)}) ? {Names.MessageRole}.None : {fault} ? {both} : {Names.MessageRole}.Reply",
        };
    }

    /// <summary>The value of a field in a header that is made: of the bits in <paramref name="from"/>, if any, with those that id and role decide.</summary>
    private static string Created(HeaderModel header, HeaderFieldModel field, string from, bool isReply = false)
    {
        if (field.ReplyConstant is { } reply)
        {
            string kept = from == "chosen" ? $" || {HeaderBits.Of(field, from)} == {Numbers.Literal(reply)}" : "";
            return HeaderBits.ToValue(field, $"({IsReply}{kept} ? {Numbers.Literal(reply)} : {Numbers.Literal(field.Constant ?? 0)})");
        }

        if (field.Is(HeaderRoles.Correlation) && from != "chosen")
        {
            return HeaderBits.ToValue(field, "correlation");
        }

        bool setsFault = field.Is(HeaderRoles.Fault) && field.Masks.SetsFault;
        if (!field.Is(HeaderRoles.MessageId | HeaderRoles.ReplyFlag) && !(setsFault && !isReply))
        {
            return from.Length > 0 ? $"{from}.{field.Name}" : $"default({field.Type})";
        }

        var parts = new List<string>();
        ulong keeps = ~field.Masks.Id & field.AllBits & ~(isReply && setsFault ? field.Masks.Fault : 0);
        if (from.Length > 0 && keeps != 0)
        {
            parts.Add($"({HeaderBits.Of(field, from)} & {Numbers.Literal(keeps)})");
        }

        if (field.Is(HeaderRoles.MessageId))
        {
            HeaderFieldModel[] ids = Ids(header);
            string id = ids.Length > 1 && ids[0] == field ? $"(unchecked((ulong)id) >> {Text(ids[1].Width)})" : "unchecked((ulong)id)";
            parts.Add($"({id} & {Numbers.Literal(field.Masks.Id)})");
        }

        if (field.Is(HeaderRoles.ReplyFlag))
        {
            parts.Add($"({IsReply} ? {Numbers.Literal(field.Masks.Reply)} : 0UL)");
        }

        if (setsFault && !isReply)
        {
            parts.Add($"({IsFault} ? {Numbers.Literal(field.Masks.Fault)} : 0UL)");
        }

        return HeaderBits.ToValue(field, $"({string.Join(" | ", parts)})");
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
