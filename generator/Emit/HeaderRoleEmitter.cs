using QContinuum.Generator.Model;
using static System.FormattableString;

namespace QContinuum.Generator.Emit;

/// <summary>Writes what a header says of its message, id, role and correlation, and how a header is made that says so.</summary>
internal static class HeaderRoleEmitter
{
    /// <summary>The signature of the member.</summary>
    public const string Create = $"Create(long id, ulong correlation, {Names.MessageRole} role)";

    private const string IsReply = $"(role & {Names.MessageRole}.Reply) != 0";
    private const string IsFault = $"(role & {Names.MessageRole}.Fault) != 0";

    public static void Write(HeaderModel header, CodeWriter code)
    {
        WriteIdOf(header, code);
        WriteCorrelationOf(header, code);
        WriteRoleOf(header, code);
        WriteCreate(header, code);
        WriteAdopt(header, code);
        WriteReplyTo(header, code);
        WriteCorrelate(header, code);
    }

    private static void WriteIdOf(HeaderModel header, CodeWriter code)
    {
        HeaderFieldModel[] ids = [.. header.Ids];
        if (ids.Length == 0)
        {
            return;
        }

        // A signed field alone is what it is; of parts, and of masked fields, the bits count.
        string value = ids is [{ Wire: var wire, IdMask: var mask } id] && wire.IsSigned() && mask == Whole(id)
            ? $"(long){(id.IsEnum ? $"({wire.Keyword()})" : wire == WireType.Int24 ? "(int)" : "")}header.{id.Name}"
            : $"unchecked((long)({string.Join(" | ", ids.Select((part, index) => ShiftLeft(IdBits(part), ShiftOf(ids, index))))}))";
        MessageEmitter.WriteHead(
            code,
            Names.Inlined,
            $"{HeaderEmitter.Member(header, "long", $"IdOf(scoped in {header.Type.SelfName} header)")} => {value};");
    }

    private static void WriteCorrelationOf(HeaderModel header, CodeWriter code)
    {
        if (header.Correlation is { } field)
        {
            MessageEmitter.WriteHead(
                code,
                Names.Inlined,
                $"{HeaderEmitter.Member(header, "ulong", $"CorrelationOf(scoped in {header.Type.SelfName} header)")} => {Bits(field, "header")};");
        }
    }

    private static void WriteRoleOf(HeaderModel header, CodeWriter code)
    {
        string none = $"{Names.MessageRole}.None";
        string? reply = header.ReplyFlag is not { } flag ? null
            : flag.ReplyMask is { } mask ? $"({Bits(flag, "header")} & {Numbers.Literal(mask)}) == {Numbers.Literal(mask)}"
            : $"{Bits(flag, "header")} == {Numbers.Literal(flag.Constant!.Reply!.Value & Whole(flag))}";
        string? fault = header.Fault is not { } status ? null : $"({Bits(status, "header")} & {Numbers.Literal(status.FaultMask!.Value)}) != 0";
        if (fault is null)
        {
            MessageEmitter.WriteHead(code, $"{HeaderEmitter.Member(header, "bool", "TellsFaults")} => false;");
        }

        if (reply is null && fault is null)
        {
            return;
        }

        if (reply is not null)
        {
            MessageEmitter.WriteHead(code, $"{HeaderEmitter.Member(header, "bool", "TellsReplies")} => true;");
        }

        string isFault = $"{Names.MessageRole}.Reply | {Names.MessageRole}.Fault";
        MessageEmitter.WriteHead(code, Names.Inlined, HeaderEmitter.Member(header, Names.MessageRole, $"RoleOf(scoped in {header.Type.SelfName} header)"));
        code.Line(reply is null ? $"    => {fault} ? {isFault} : {none};"
            : fault is null ? $"    => {reply} ? {Names.MessageRole}.Reply : {none};"
            : $"    => !({reply}) ? {none} : {fault} ? {isFault} : {Names.MessageRole}.Reply;");
    }

    private static void WriteCreate(HeaderModel header, CodeWriter code)
    {
        HeaderFieldModel[] ids = [.. header.Ids];
        MessageEmitter.WriteHead(code, Names.Inlined, HeaderEmitter.Member(header, header.Type.SelfName, Create));
        code.Line($"    => new {header.Type.SelfName}({string.Join(", ", header.Fields.Select(Value))});");

        string Value(HeaderFieldModel field)
        {
            string[] parts = [.. DerivedParts(ids, field, "id", IsReply, IsFault)];
            return field.IsCorrelation ? FromBits(field, "correlation")
                : field.Constant is { Reply: { } reply } ? $"{IsReply} ? {FromBits(field, Numbers.Literal(reply))} : {FromBits(field, Numbers.Literal(field.Constant.Value))}"
                : parts.Length > 0 ? FromBits(field, string.Join(" | ", parts))
                : $"default({field.Type})";
        }
    }

    private static void WriteAdopt(HeaderModel header, CodeWriter code)
    {
        HeaderFieldModel[] ids = [.. header.Ids];
        var changes = new List<string>();
        foreach (HeaderFieldModel field in header.Fields)
        {
            string[] parts = [.. DerivedParts(ids, field, "id", IsReply, IsFault)];
            if (field is { IsStatus: true, FaultMask: { } status })
            {
                string said = $"{Names.Framing}.StatusOf({Bits(field, "chosen")}, {Numbers.Literal(status)}, \"{field.Name.TrimStart('@')}\", \"{header.Name}\")";
                changes.Add($"{field.Name} = {IsFault} ? {FromBits(field, said)} : chosen.{field.Name}");
            }
            else if (field.Constant is { Reply: { } reply })
            {
                changes.Add($"{field.Name} = {IsReply} ? {FromBits(field, Numbers.Literal(reply))} : chosen.{field.Name}");
            }
            else if (parts.Length > 0)
            {
                ulong kept = Whole(field) & ~(field.IdMask ?? 0);
                string others = kept == 0 ? "" : $"({Bits(field, "chosen")} & {Numbers.Literal(kept)}) | ";
                changes.Add($"{field.Name} = {FromBits(field, others + string.Join(" | ", parts))}");
            }
        }

        MessageEmitter.WriteHead(
            code,
            Names.Inlined,
            HeaderEmitter.Member(header, header.Type.SelfName, $"Adopt(scoped in {header.Type.SelfName} chosen, long id, {Names.MessageRole} role)"));
        code.Line(changes.Count == 0 ? "    => chosen;" : $"    => chosen with {{ {string.Join(", ", changes)} }};");
    }

    private static void WriteCorrelate(HeaderModel header, CodeWriter code)
    {
        if (header.Correlation is { } field)
        {
            string self = header.Type.SelfName;
            MessageEmitter.WriteHead(code, HeaderEmitter.Member(header, self, $"Correlate(scoped in {self} chosen, ulong correlation)"));
            code.Line($"    => chosen with {{ {field.Name} = {FromBits(field, "correlation")} }};");
        }
    }

    private static void WriteReplyTo(HeaderModel header, CodeWriter code)
    {
        MessageEmitter.WriteHead(code, Names.Inlined, HeaderEmitter.Member(header, header.Type.SelfName, $"ReplyTo(scoped in {header.Type.SelfName} request, {Names.MessageRole} role)"));
        code.Line($"    => new {header.Type.SelfName}({string.Join(", ", header.Fields.Select(Value))});");

        static string Value(HeaderFieldModel field)
        {
            var parts = new List<string>();
            if (field.IdMask is { } id)
            {
                parts.Add(id == Whole(field) ? Bits(field, "request") : $"({Bits(field, "request")} & {Numbers.Literal(id)})");
            }

            if (field.ReplyMask is { } reply)
            {
                parts.Add(Numbers.Literal(reply));
            }

            // The status of a fault is the one that the handler put into the header of the request.
            return field is { IsStatus: true, IsCopied: false } ? $"{IsFault} ? request.{field.Name} : default({field.Type})"
                : field.IsCopied || field.IsCorrelation ? $"request.{field.Name}"
                : field.Constant is { Reply: { } other } ? FromBits(field, Numbers.Literal(other))
                : parts.Count > 0 ? FromBits(field, string.Join(" | ", parts))
                : $"default({field.Type})";
        }
    }

    // What id and role make of a field.
    private static IEnumerable<string> DerivedParts(HeaderFieldModel[] ids, HeaderFieldModel field, string id, string isReply, string isFault)
    {
        if (field.IdMask is { } mask)
        {
            int shift = ShiftOf(ids, Array.IndexOf(ids, field));
            string bits = $"unchecked((ulong){id})";
            bits = shift > 0 ? Invariant($"({bits} >> {shift})") : bits;
            yield return mask == ulong.MaxValue ? bits : $"({bits} & {Numbers.Literal(mask)})";
        }

        if (field.ReplyMask is { } reply)
        {
            yield return $"({isReply} ? {Numbers.Literal(reply)} : 0UL)";
        }

        if (field is { FaultMask: { } fault, IsStatus: false })
        {
            yield return $"({isFault} ? {Numbers.Literal(fault)} : 0UL)";
        }
    }

    // Of two ids the first is the high part.
    private static int ShiftOf(HeaderFieldModel[] ids, int index) => index == 0 && ids.Length == 2 ? ids[1].Width : 0;

    private static string IdBits(HeaderFieldModel field)
        => field.IdMask == Whole(field) ? Bits(field, "header") : $"({Bits(field, "header")} & {Numbers.Literal(field.IdMask!.Value)})";

    private static string ShiftLeft(string bits, int shift) => shift == 0 ? bits : Invariant($"({bits} << {shift})");

    private static string Bits(HeaderFieldModel field, string header)
    {
        string bits = Numbers.ToBits(field.Wire, field.IsEnum, $"{header}.{field.Name}");
        return field.Bits is not null && field.Wire.IsSigned() ? $"({bits} & {Numbers.Mask(field.Width)})" : bits;
    }

    private static string FromBits(HeaderFieldModel field, string bits)
    {
        if (field.Bits is { } place && field.Wire.IsSigned())
        {
            int above = 64 - place.Count;
            return Numbers.FromBits(field.Wire, field.Type, Invariant($"((long)(({bits}) << {above})) >> {above}"));
        }

        return Numbers.FromBits(field.Wire, field.Type, bits);
    }

    private static ulong Whole(HeaderFieldModel field) => field.Width >= BitRun.MaxBits ? ulong.MaxValue : (1UL << field.Width) - 1;
}
