using QContinuum.Generator.Model;
using static System.FormattableString;

namespace QContinuum.Generator.Emit;

/// <summary>Writes how header and trailer are written around a body, and how a whole frame is sealed with its checksums.</summary>
internal static class HeaderWriteEmitter
{
    /// <summary>The signature of the member.</summary>
    public static string WriteOf(string self) => $"Write(scoped in {self} header, int body, scoped {Names.ByteSpan} frame)";

    public static void Write(HeaderModel header, CodeWriter code)
    {
        WriteWrite(header, code);
        if (header.Checksums.Any() || header.Framer is not null)
        {
            MessageEmitter.WriteHead(code, $"{HeaderEmitter.Member(header, "bool", "HasChecksum")} => true;");
            WriteSeal(header, code);
        }
    }

    /// <summary>Computes a checksum of the whole frame in <paramref name="frame"/>; its own bytes count as zero.</summary>
    public static string Checksum(HeaderModel header, HeaderFieldModel field, string frame)
    {
        ChecksumModel checksum = field.Checksum!;
        bool isBeforeBody = checksum.Over == ChecksumRange.Header;
        int first = Math.Max(checksum.From, checksum.Over == ChecksumRange.Body ? header.BodyOffset : 0);
        string start = isBeforeBody ? Invariant($"{Math.Min(first, header.Size)}") : first <= header.Size ? Invariant($"{first}") : Invariant($"global::System.Math.Min({first}, {header.Size} + {BodyLength(header, frame)})");
        int behind = field.IsTrailer && checksum.Over == ChecksumRange.Default ? field.Offset : 0;
        string end = isBeforeBody ? Invariant($"{header.Size}") : Invariant($"{header.Size + behind} + {BodyLength(header, frame)}");
        string range = $"{frame}.Slice({start}, {end} - {start})";
        bool coversItself = !field.IsTrailer && first <= field.Offset && checksum.Over != ChecksumRange.Body;
        string zero = coversItself ? Invariant($"{field.Offset - first}, {field.Bytes}") : "0, 0";
        return Invariant($"{Names.Checksums}.Compute({Names.ChecksumAlgorithm}.{checksum.Algorithm}, {field.Bytes}, {range}, {zero})");
    }

    private static string BodyLength(HeaderModel header, string frame)
        => frame == "bytes" ? "extent.BodyLength" : Invariant($"({frame}.Length - {header.Size + header.TrailerSize})");

    private static void WriteWrite(HeaderModel header, CodeWriter code)
    {
        MessageEmitter.WriteHead(code, Names.Inlined, HeaderEmitter.Member(header, "void", WriteOf(header.Type.SelfName)));
        using (code.Block())
        {
            string size = header.TrailerSize > 0 || header.Checksums.Any() ? Invariant($"checked({header.Size + header.TrailerSize} + body)") : Invariant($"{header.Size}");
            code.Line($"{Names.Wire}.CheckRoom(frame, {size});");
            WriteUnits(header, code);
            if (header.Size > 0)
            {
                code.Line($"ref byte origin = ref {Names.GetReference}(frame);");
                WriteFields(header, header.Before, "origin", code);
            }

            if (header.TrailerSize > 0)
            {
                code.Line($"ref byte end = ref {Names.GetReference}(frame.Slice({header.Size} + body, {header.TrailerSize}));");
                WriteFields(header, header.Trailer, "end", code);
            }
        }
    }

    // The first length is what the body needs beyond what the others state.
    private static void WriteUnits(HeaderModel header, CodeWriter code)
    {
        HeaderFieldModel[] lengths = [.. header.Lengths];
        if (lengths.Length == 0)
        {
            return;
        }

        LengthModel length = lengths[0].Length!;
        string offset = length.Offset == 0 ? "" : Invariant($" {(length.Offset < 0 ? "+" : "-")} {Math.Abs(length.Offset)}");
        string others = string.Concat(lengths.Skip(1).Select(
            static field => Invariant($" - ((long)header.{field.Name}{(field.Length!.Scale == 1 ? "" : $" * {field.Length.Scale}")})")));
        string bytes = $"(long)body{offset}{others}";
        bool canFail = length.Scale > 1 || length.Offset > 0 || lengths.Length > 1;
        code.Line(canFail
            ? Invariant($"long units = {Names.Framing}.UnitsOf({bytes}, {length.Scale}, {Numbers.Literal(LengthReader.MaxValue(lengths[0]))}, body, \"{header.Name}\");")
            : $"long units = {bytes};");
    }

    private static void WriteFields(HeaderModel header, IEnumerable<HeaderFieldModel> fields, string origin, CodeWriter code)
    {
        HeaderFieldModel[] all = [.. fields];
        foreach (HeaderFieldModel field in all.Where(static field => field.Bits is null))
        {
            string value = field.IsReserved || field.Checksum is not null ? $"default({field.Type})" : Value(header, field);
            code.Line(Numbers.Write(field.Wire, field.IsEnum, field.IsBigEndian, origin, field.Offset, value));
        }

        foreach (IGrouping<int, HeaderFieldModel> run in all.Where(static field => field.Bits is not null).GroupBy(static field => field.Bits!.Offset))
        {
            string[] parts = [.. run.Where(static field => !field.IsReserved).Select(
                field => Numbers.Insert(field.Bits!, field.Wire, field.IsEnum, Value(header, field)))];
            code.Line(Numbers.WriteRun(run.First().Bits!, origin, parts.Length == 0 ? "0UL" : string.Join(" | ", parts)));
        }
    }

    private static string Value(HeaderModel header, HeaderFieldModel field)
    {
        if (field.Repeats is { } other)
        {
            return Value(header, header.Fields.First(candidate => candidate.Name == other));
        }

        if (field.Length is not null && field == header.Lengths.First())
        {
            return Numbers.FromBits(field.Wire, field.Type, "(ulong)units");
        }

        if (field.Constant is not { } constant)
        {
            return $"header.{field.Name}";
        }

        string value = Numbers.FromBits(field.Wire, field.Type, Numbers.Literal(constant.Value));
        return constant.Reply is { } reply
            ? $"(header.{field.Name} == {Numbers.FromBits(field.Wire, field.Type, Numbers.Literal(reply))} ? header.{field.Name} : {value})"
            : value;
    }

    // Those of the header first: the trailer's may cover them.
    private static void WriteSeal(HeaderModel header, CodeWriter code)
    {
        MessageEmitter.WriteHead(code, HeaderEmitter.Member(header, "void", $"Seal(scoped {Names.ByteSpan} frame)"));
        using (code.Block())
        {
            code.Line($"{Names.Wire}.CheckRoom(frame, {header.Size + header.TrailerSize});");
            foreach (HeaderFieldModel field in header.Checksums.OrderBy(static field => field.IsTrailer))
            {
                string target = field.IsTrailer
                    ? Invariant($"frame.Slice(frame.Length - {header.TrailerSize - field.Offset}, {field.Bytes})")
                    : Invariant($"frame.Slice({field.Offset}, {field.Bytes})");
                string value = Numbers.FromBits(field.Wire, field.Type, Checksum(header, field, "frame"));
                code.Line(Numbers.Write(field.Wire, field.IsEnum, field.IsBigEndian, $"{Names.GetReference}({target})", 0, value));
            }

            if (header.Framer is not null)
            {
                // Nothing derives what the framer goes by: a frame that it measures otherwise would put the other side out of step.
                code.Line($"{Names.Framing}.CheckMeasured<{header.Type.SelfName}>(frame);");
            }
        }
    }
}
