using QContinuum.Generator.Model;
using static System.FormattableString;

namespace QContinuum.Generator.Emit;

/// <summary>
/// Writes how frames are found: constants, then the length, then the limit, before a byte is kept for the body; trailer and checksums once all is there.
/// </summary>
internal static class HeaderFrameEmitter
{
    public static void Write(HeaderModel header, CodeWriter code)
    {
        MessageEmitter.WriteHead(
            code, Names.Inlined, $"static {Names.FrameStatus} {HeaderEmitter.InterfaceOf(header)}.{HeaderEmitter.TryReadFrameOf(header)}");
        using (code.Block())
        {
            code.Line($"if (bytes.Length < {header.Size})");
            using (code.Block())
            {
                code.Line("header = default;");
                code.Line($"extent = new {Names.FrameExtent}({header.Size}, 0, 0);");
                code.Line($"return {Names.FrameStatus}.Incomplete;");
            }

            code.Gap();
            code.Line($"ref readonly byte origin = ref {Names.GetReference}(bytes);");
            WriteHeader(header, "origin", code);
            code.Line("extent = default;");
            WriteConstants(header, trailer: false, code);
            WriteMeasure(header, code);
            code.Line("if (bytes.Length < extent.Length)");
            WriteReturn("Incomplete", code);
            WriteTrailer(header, code);
            code.Gap();
            code.Line($"return {Names.FrameStatus}.Complete;");
        }
    }

    private static void WriteHeader(HeaderModel header, string origin, CodeWriter code)
        => code.Line($"header = new {header.Type.SelfName}({string.Join(", ", header.Fields.Select(
            field => field.Is(HeaderRoles.Trailer) ? $"default({field.Type})" : HeaderBits.Read(field, origin)))});");

    private static void WriteConstants(HeaderModel header, bool trailer, CodeWriter code)
    {
        foreach (HeaderFieldModel field in header.Fields.Where(field => field.Is(HeaderRoles.Trailer) == trailer))
        {
            string bits = field.Constant is null && field.Repeats < 0 ? "" : HeaderBits.Of(field, "header");
            if (field.Constant is { } constant)
            {
                string reply = field.ReplyConstant is { } other ? $" && {bits} != {Numbers.Literal(other)}" : "";
                code.Line($"if ({bits} != {Numbers.Literal(constant)}{reply})");
                Fail(code);
            }
            else if (field.Repeats >= 0)
            {
                code.Line($"if ({bits} != {HeaderBits.Of(header.Fields[field.Repeats], "header")})");
                Fail(code);
            }
        }

        void Fail(CodeWriter to)
        {
            if (trailer)
            {
                WriteRefuse("BadHeader", to);
            }
            else
            {
                WriteReturn("BadHeader", to);
            }
        }
    }

    private static void WriteMeasure(HeaderModel header, CodeWriter code)
    {
        int around = header.Size + header.TrailerSize;
        if (header.Framer is { } framer)
        {
            code.Line($"{Names.FrameStatus} status = {header.Type.SelfName}.{framer}(in header, bytes, out int framed);");
            code.Line($"long body = (long)framed - {around};");
            code.Line($"int limit = maxBody < {header.MaxBody} ? maxBody : {header.MaxBody};");
            code.Line($"if (status == {Names.FrameStatus}.Incomplete)");
            using (code.Block())
            {
                code.Line("if (framed <= bytes.Length)");
                WriteReturn("BadHeader", code);
                code.Line("if (body > limit)");
                WriteReturn("TooLong", code);
                code.Line($"extent = new {Names.FrameExtent}(framed, 0, 0);");
                code.Line("return status;");
            }

            code.Gap();
            code.Line($"if (status != {Names.FrameStatus}.Complete)");
            using (code.Block())
            {
                code.Line("return status;");
            }

            code.Gap();
            WriteLimit(header, code);
            return;
        }

        if (header.Length is not { } length)
        {
            code.Line($"extent = new {Names.FrameExtent}({around}, {header.Size}, 0);");
            return;
        }

        HeaderFieldModel[] fields = [.. header.Fields.Where(static field => field.Is(HeaderRoles.Length))];
        foreach (HeaderFieldModel field in fields)
        {
            if (field.Wire.IsSigned())
            {
                code.Line($"if (header.{field.Name} < 0)");
                WriteReturn("NegativeLength", code);
            }

            if (field.Width > (field.Wire.IsSigned() ? 32 : 31))
            {
                code.Line($"if ({HeaderBits.Of(field, "header")} > int.MaxValue)");
                WriteReturn("TooLong", code);
            }
        }

        string sum = string.Join(" + ", fields.Select(static field => Invariant($"((long){HeaderBits.Of(field, "header")} * {field.Scale})")));
        code.Line($"long body = {sum} + ({length.Offset}L);");
        code.Line($"int limit = maxBody < {header.MaxBody} ? maxBody : {header.MaxBody};");
        WriteLimit(header, code);
    }

    private static void WriteLimit(HeaderModel header, CodeWriter code)
    {
        code.Line("if (body < 0)");
        WriteReturn("BadHeader", code);
        code.Line("if (body > limit)");
        WriteReturn("TooLong", code);
        code.Line($"extent = new {Names.FrameExtent}({header.Size + header.TrailerSize} + (int)body, {header.Size}, (int)body);");
    }

    private static void WriteTrailer(HeaderModel header, CodeWriter code)
    {
        if (header.TrailerSize > 0)
        {
            string slice = Invariant($"bytes.Slice(extent.Length - {header.TrailerSize}, {header.TrailerSize})");
            code.Line($"ref readonly byte trailer = ref {Names.GetReference}({slice});");
            code.Line($"header = new {header.Type.SelfName}({string.Join(", ", header.Fields.Select(
                static field => field.Is(HeaderRoles.Trailer) ? HeaderBits.Read(field, "trailer") : $"header.{field.Name}"))});");
            WriteConstants(header, trailer: true, code);
        }

        HeaderFieldModel[] checksums = [.. header.Fields.Where(static field => field.Checksum is not null)];
        if (checksums.Length > 0)
        {
            code.Line($"{Names.ByteReadOnlySpan} frame = bytes.Slice(0, extent.Length);");
        }

        foreach (HeaderFieldModel field in checksums)
        {
            code.Line($"if ({HeaderChecksumEmitter.Compute(header, field)} != {HeaderBits.Of(field, "header")})");
            WriteRefuse("BadChecksum", code);
        }
    }

    private static void WriteReturn(string status, CodeWriter code)
    {
        using (code.Block())
        {
            code.Line($"return {Names.FrameStatus}.{status};");
        }

        code.Gap();
    }

    private static void WriteRefuse(string status, CodeWriter code)
    {
        using (code.Block())
        {
            code.Line("extent = default;");
            code.Line($"return {Names.FrameStatus}.{status};");
        }

        code.Gap();
    }
}
