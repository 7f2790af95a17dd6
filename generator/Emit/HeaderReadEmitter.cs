using QContinuum.Generator.Model;
using static System.FormattableString;

namespace QContinuum.Generator.Emit;

/// <summary>Writes how a header is read and its frame measured: the size is checked once, then every field is a load.</summary>
internal static class HeaderReadEmitter
{
    /// <summary>The signature of the member.</summary>
    public static string TryReadFrame(string self)
        => $"TryReadFrame({Names.ByteReadOnlySpan} bytes, int maxBody, out {self} header, out {Names.FrameExtent} extent)";

    public static void Write(HeaderModel header, CodeWriter code)
    {
        string self = header.Type.SelfName;
        MessageEmitter.WriteHead(code, Names.Inlined, HeaderEmitter.Member(header, Names.FrameStatus, TryReadFrame(self)));
        using (code.Block())
        {
            if (header.Size > 0)
            {
                code.Line($"if (bytes.Length < {header.Size})");
                using (code.Block())
                {
                    code.Line("header = default;");
                    code.Line($"extent = new {Names.FrameExtent}({header.Size}, 0, 0);");
                    code.Line($"return {Names.FrameStatus}.Incomplete;");
                }

                code.Gap();
            }

            code.Line($"ref readonly byte origin = ref {Names.GetReference}(bytes);");
            WriteRuns(header.Before, "origin", "bits", code);
            code.Line($"header = new {self}({string.Join(", ", header.Fields.Select(field => field.IsTrailer ? $"default({field.Type})" : Read(field, "origin", header.Size, "bits")))});");
            WriteRefusal([.. header.Before.SelectMany(Mismatches)], "BadHeader", code);
            WriteChecksums(header, IsOfHeader, code);
            if (header.Framer is { } framer)
            {
                WriteFramer(header, framer, code);
            }
            else
            {
                WriteLength(header, code);
            }

            WriteTrailer(header, code);
            code.Line($"return {Names.FrameStatus}.Complete;");
        }
    }

    // What a constant or a repeated field must not be.
    private static IEnumerable<string> Mismatches(HeaderFieldModel field)
    {
        string value = $"header.{field.Name}";
        if (field.Constant is { } constant)
        {
            string bits = Numbers.ToBits(field.Wire, field.IsEnum, value);
            string differs = $"{bits} != {Numbers.Literal(constant.Value & Mask(field))}";
            yield return constant.Reply is { } reply ? $"({differs} && {bits} != {Numbers.Literal(reply & Mask(field))})" : differs;
        }

        if (field.Repeats is { } other)
        {
            yield return $"{value} != header.{other}";
        }
    }

    private static void WriteFramer(HeaderModel header, string framer, CodeWriter code)
    {
        // One test of what a framer mostly returns; whatever else it may say is told apart elsewhere. What is below 0 is, as a uint, beyond every limit.
        string limit = Invariant($"global::System.Math.Min(maxBody, {header.MaxBody})");
        string body = Invariant($"frame - {header.Size + header.TrailerSize}");
        code.Line($"{Names.FrameStatus} measured = {header.Type.SelfName}.{framer}(in header, bytes, out int frame);");
        code.Line($"if (measured != {Names.FrameStatus}.Complete || unchecked((uint)({body}) > (uint){limit}) || unchecked((uint)frame) > (uint)bytes.Length)");
        using (code.Block())
        {
            // Nothing is passed by reference: it would not be kept in registers, and be cleared for each frame.
            code.Line($"({Names.FrameStatus} judged, extent) = {Names.Framing}.Judge(measured, frame, bytes.Length, {header.Size}, {header.TrailerSize}, {limit});");
            code.Line("return judged;");
        }

        code.Gap();
        code.Line(Invariant($"extent = new {Names.FrameExtent}(frame, {header.Size}, {body});"));
    }

    private static void WriteLength(HeaderModel header, CodeWriter code)
    {
        HeaderFieldModel[] lengths = [.. header.Lengths];
        int overhead = header.Size + header.TrailerSize;
        if (lengths.Length == 0)
        {
            code.Line(Invariant($"extent = new {Names.FrameExtent}({overhead}, {header.Size}, 0);"));
            if (header.TrailerSize > 0)
            {
                WriteIncomplete(code);
            }

            return;
        }

        string[] negative = [.. lengths.Where(static field => field.Wire.IsSigned()).Select(static field => $"header.{field.Name} < 0")];
        WriteRefusal(negative, "NegativeLength", code);

        // Beyond what an int holds no frame is whole; below it nothing that follows can overflow.
        string[] huge = [.. lengths
            .Where(static field => field.Bits is null ? field.Bytes > 3 : field.Width > 31)
            .Select(static field => $"{Numbers.ToBits(field.Wire, field.IsEnum, "header." + field.Name)} > int.MaxValue")];
        WriteRefusal(huge, "TooLong", code);
        string[] terms = [.. lengths.Select(static field => Invariant($"(long)header.{field.Name}{(field.Length!.Scale == 1 ? "" : $" * {field.Length.Scale}")}"))];
        long offset = lengths[0].Length!.Offset;
        string sum = string.Join(" + ", terms) + (offset == 0 ? "" : Invariant($" {(offset < 0 ? "-" : "+")} {Math.Abs(offset)}"));
        code.Line($"long body = {sum};");
        code.Line(Invariant($"if ((ulong)body > (ulong)global::System.Math.Min(maxBody, {header.MaxBody}))"));
        using (code.Block())
        {
            code.Line("extent = default;");
            code.Line($"return body < 0 ? {Names.FrameStatus}.BadHeader : {Names.FrameStatus}.TooLong;");
        }

        code.Gap();
        code.Line(Invariant($"extent = new {Names.FrameExtent}((int)body + {overhead}, {header.Size}, (int)body);"));
        WriteIncomplete(code);
    }

    private static void WriteIncomplete(CodeWriter code)
    {
        // Unsigned, as a slice of the frame checks it: the compiler leaves the second of the two out.
        code.Line("if (unchecked((uint)extent.Length) > (uint)bytes.Length)");
        using (code.Block())
        {
            code.Line($"return {Names.FrameStatus}.Incomplete;");
        }

        code.Gap();
    }

    // The frame is whole: what stands behind the body can be read, and everything summed.
    private static void WriteTrailer(HeaderModel header, CodeWriter code)
    {
        if (header.TrailerSize > 0)
        {
            code.Line($"ref readonly byte end = ref {Names.GetReference}(bytes.Slice({header.Size} + extent.BodyLength, {header.TrailerSize}));");
            WriteRuns(header.Trailer, "end", "endBits", code);
            IEnumerable<string> values = header.Trailer.Select(field => $"{field.Name} = {Read(field, "end", header.TrailerSize, "endBits")}");
            code.Line($"header = header with {{ {string.Join(", ", values)} }};");
            WriteRefusal([.. header.Trailer.SelectMany(Mismatches)], "BadHeader", code);
        }

        WriteChecksums(header, static field => !IsOfHeader(field), code);
    }

    // Of the header alone, and in it: looked at before what the header says is believed.
    private static bool IsOfHeader(HeaderFieldModel field) => field is { IsTrailer: false, Checksum.Over: ChecksumRange.Header };

    private static void WriteChecksums(HeaderModel header, Func<HeaderFieldModel, bool> isMeant, CodeWriter code)
    {
        string[] wrong = [.. header.Checksums.Where(isMeant).Select(
            field => $"{HeaderWriteEmitter.Checksum(header, field, "bytes")} != {Numbers.ToBits(field.Wire, field.IsEnum, "header." + field.Name)}")];
        WriteRefusal(wrong, "BadChecksum", code);
    }

    private static void WriteRefusal(string[] conditions, string status, CodeWriter code)
    {
        if (conditions.Length == 0)
        {
            return;
        }

        code.Line($"if ({string.Join(" || ", conditions)})");
        using (code.Block())
        {
            code.Line("extent = default;");
            code.Line($"return {Names.FrameStatus}.{status};");
        }

        code.Gap();
    }

    private static void WriteRuns(IEnumerable<HeaderFieldModel> fields, string origin, string name, CodeWriter code)
    {
        foreach (BitsModel run in fields.Where(static field => field.Bits is not null).Select(static field => field.Bits!).GroupBy(static bits => bits.Offset).Select(static run => run.First()))
        {
            code.Line($"ulong {name}{run.Offset} = {Numbers.ReadRun(run, origin)};");
        }
    }

    private static string Read(HeaderFieldModel field, string origin, int size, string run)
        => field.Bits is { } bits
            ? Numbers.Extract(bits, field.Wire, field.Type, Invariant($"{run}{bits.Offset}"))
            : Numbers.Read(field.Wire, field.Type, field.IsEnum, field.IsBigEndian, origin, field.Offset, size);

    private static ulong Mask(HeaderFieldModel field)
    {
        // Of bit fields with a sign, the value is extended to the width of their type.
        int width = field.Bits is not null && !field.Wire.IsSigned() ? field.Width : field.Wire == WireType.Boolean ? 1 : field.Bytes * 8;
        return width >= BitRun.MaxBits ? ulong.MaxValue : (1UL << width) - 1;
    }
}
