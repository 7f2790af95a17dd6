using QContinuum.Generator.Model;
using static System.FormattableString;

namespace QContinuum.Generator.Emit;

/// <summary>Writes how header and trailer are written around a body, and sealed.</summary>
internal static class HeaderWriteEmitter
{
    public static void Write(HeaderModel header, CodeWriter code)
    {
        HeaderFieldModel[] checksums = [.. header.Fields.Where(static field => field.Checksum is not null).OrderBy(static field => field.Checksum!.Order)];
        string @interface = HeaderEmitter.InterfaceOf(header);
        MessageEmitter.WriteHead(
            code, Names.Inlined, $"static void {@interface}.Write(scoped in {header.Type.SelfName} header, int body, scoped {Names.ByteSpan} frame)");
        using (code.Block())
        {
            bool isWhole = header.TrailerSize > 0 || checksums.Length > 0;
            string room = isWhole ? Invariant($"checked(body + {header.Size + header.TrailerSize})") : Invariant($"{header.Size}");
            code.Line($"{Names.Wire}.CheckRoom(frame, {room});");
            WriteLength(header, code);
            code.Line($"ref byte origin = ref {Names.GetReference}(frame);");
            WriteFields(header, trailer: false, "origin", code);
            if (header.TrailerSize > 0)
            {
                code.Line($"ref byte trailer = ref {Names.GetReference}(frame.Slice(body + {header.Size}, {header.TrailerSize}));");
                WriteFields(header, trailer: true, "trailer", code);
            }
        }

        if (checksums.Length == 0)
        {
            return;
        }

        MessageEmitter.WriteHead(code, $"static bool {@interface}.HasChecksum => true;");
        MessageEmitter.WriteHead(code, $"static void {@interface}.Seal(scoped {Names.ByteSpan} frame)");
        using (code.Block())
        {
            code.Line($"{Names.Wire}.CheckRoom(frame, {header.Size + header.TrailerSize});");
            code.Line($"ref byte origin = ref {Names.GetReference}(frame);");
            if (checksums.Any(static field => field.Is(HeaderRoles.Trailer)))
            {
                code.Line($"ref byte trailer = ref {Names.GetReference}(frame.Slice(frame.Length - {header.TrailerSize}));");
            }

            foreach (HeaderFieldModel field in checksums)
            {
                string value = HeaderBits.ToValue(field, HeaderChecksumEmitter.Compute(header, field));
                string origin = field.Is(HeaderRoles.Trailer) ? "trailer" : "origin";
                code.Line(Numbers.Write(field.Wire, field.IsEnum, field.IsBigEndian, origin, field.Offset, value));
            }
        }
    }

    // The first length is what the body and the other lengths leave.
    private static void WriteLength(HeaderModel header, CodeWriter code)
    {
        if (header.Length is not { } length)
        {
            return;
        }

        HeaderFieldModel[] fields = [.. header.Fields.Where(static field => field.Is(HeaderRoles.Length))];
        HeaderFieldModel first = fields[0];
        foreach (HeaderFieldModel other in fields.Skip(1))
        {
            code.Line($"if ({HeaderBits.Of(other, "header")} > {HeaderLength.MostOf(other)}UL)");
            WriteRefuse(code);
        }

        string others = string.Concat(fields.Skip(1).Select(static field => Invariant($" - ((long){HeaderBits.Of(field, "header")} * {field.Scale})")));
        code.Line($"long length = body - ({length.Offset}L){others};");
        code.Line($"if (length < 0 || length % {first.Scale} != 0 || length / {first.Scale} > {HeaderLength.MostOf(first)})");
        WriteRefuse(code);
        code.Line($"ulong value = (ulong)(length / {first.Scale});");

        void WriteRefuse(CodeWriter to)
        {
            using (to.Block())
            {
                string text = $"$\"The length of a {header.Name} cannot say a body of {{body}} bytes.\"";
                to.Line($"throw new {Names.Argument}({text});");
            }

            to.Gap();
        }
    }

    private static void WriteFields(HeaderModel header, bool trailer, string origin, CodeWriter code)
    {
        HeaderFieldModel[] fields = [.. header.Fields.Where(field => field.Is(HeaderRoles.Trailer) == trailer)];
        foreach (HeaderFieldModel field in fields.Where(static field => field.Bits is null))
        {
            string value = IsAsIs(field) ? $"header.{field.Name}"
                : field.Is(HeaderRoles.Reserved) ? $"default({field.Type})"
                : HeaderBits.ToValue(field, BitsOf(header, field));
            code.Line(Numbers.Write(field.Wire, field.IsEnum, field.IsBigEndian, origin, field.Offset, value));
        }

        foreach (IGrouping<int, HeaderFieldModel> run in fields.Where(static field => field.Bits is not null).GroupBy(static field => field.Bits!.Offset))
        {
            string value = string.Join(" | ", run.Select(field => Numbers.Insert(field.Bits!, BitsOf(header, field))));
            code.Line(Numbers.WriteRun(run.First().Bits!, origin, value));
        }
    }

    private static bool IsAsIs(HeaderFieldModel field)
        => !field.Is(HeaderRoles.Length | HeaderRoles.Repeats | HeaderRoles.Constant | HeaderRoles.Reserved | HeaderRoles.Checksum);

    private static string BitsOf(HeaderModel header, HeaderFieldModel field)
    {
        string own = field.Is(HeaderRoles.Reserved | HeaderRoles.Checksum) ? "" : HeaderBits.Of(field, "header");
        return field switch
        {
            { Repeats: >= 0 } => BitsOf(header, header.Fields[field.Repeats]),
            { ReplyConstant: { } reply } => $"({own} == {Numbers.Literal(reply)} ? {Numbers.Literal(reply)} : {Numbers.Literal(field.Constant ?? 0)})",
            { Constant: { } constant } => Numbers.Literal(constant),
            _ when field.Is(HeaderRoles.Reserved | HeaderRoles.Checksum) => "0UL",
            _ when field == header.Fields.FirstOrDefault(static one => one.Is(HeaderRoles.Length)) => "value",
            _ => own,
        };
    }
}
