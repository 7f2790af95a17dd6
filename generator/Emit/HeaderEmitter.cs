using System.Globalization;
using QContinuum.Generator.Model;
using static System.FormattableString;

namespace QContinuum.Generator.Emit;

/// <summary>Writes the file of a header. Its members are explicit: no field of the user's can clash with them.</summary>
internal static class HeaderEmitter
{
    public static SourceFile Emit(HeaderModel header) => SourceFile.Write(
        header.Type,
        "Header",
        header.BrokenRule is { } rule
            ? $"Stands in for the header {header.Name}, whose declaration breaks {rule}."
            : Invariant($"Frames, reads and writes the header {header.Name}: {header.Size} bytes, and {header.TrailerSize} behind the body."),
        code => WritePart(header, code));

    /// <summary>The interface of the header.</summary>
    public static string InterfaceOf(HeaderModel header) => $"{Names.Header}<{header.Type.SelfName}>";

    /// <summary>The signature of TryReadFrame.</summary>
    public static string TryReadFrameOf(HeaderModel header)
        => $"TryReadFrame({Names.ByteReadOnlySpan} bytes, int maxBody, out {header.Type.SelfName} header, out {Names.FrameExtent} extent)";

    private static void WritePart(HeaderModel header, CodeWriter code)
    {
        string self = header.Type.SelfName;
        string @interface = InterfaceOf(header);
        code.Line($"partial {header.Type.Self.Keyword} {header.Type.Self.Name} : {@interface}");
        using (code.Block())
        {
            if (header.HasFreeConstructor)
            {
                WriteFreeConstructor(header, code);
            }

            if (header.BrokenRule is not null)
            {
                string @throw = $"throw new {Names.InvalidOperation}(\"The declaration of {header.Name} breaks {header.BrokenRule}.\")";
                Write(code, $"static {Names.HeaderCodec} {@interface}.Codec => {@throw};");
                Write(code, $"static int {@interface}.Size => {@throw};");
                Write(code, $"static {Names.FrameStatus} {@interface}.{TryReadFrameOf(header)} => {@throw};");
                Write(code, $"static {self} {@interface}.Create(long id, ulong correlation, {Names.MessageRole} role) => {@throw};");
                Write(code, $"static void {@interface}.Write(scoped in {self} header, int body, scoped {Names.ByteSpan} frame) => {@throw};");
                return;
            }

            Write(code, $"static {Names.HeaderCodec} {@interface}.Codec {{ get; }} = {Names.HeaderCodec}.Of<{self}>();");
            Write(code, Invariant($"static int {@interface}.Size => {header.Size};"));
            Write(code, Invariant($"static int {@interface}.TrailerSize => {header.TrailerSize};"));
            Write(code, Invariant($"static int {@interface}.MaxBody => {header.MaxBody};"));
            int correlation = header.Fields.FirstOrDefault(static field => field.Is(HeaderRoles.Correlation))?.Width ?? 0;
            Write(code, Invariant($"static int {@interface}.CorrelationBits => {correlation};"));
            HeaderFrameEmitter.Write(header, code);
            HeaderRoleEmitter.Write(header, code);
            HeaderWriteEmitter.Write(header, code);
        }
    }

    private static void WriteFreeConstructor(HeaderModel header, CodeWriter code)
    {
        HeaderFieldModel[] free = [.. header.Fields.Where(static field => field.IsFree)];
        code.Line("/// <summary>Makes a header of the fields that the sender chooses; all others are derived.</summary>");
        foreach (HeaderFieldModel field in free)
        {
            code.Line($"/// <param name=\"{field.Parameter.TrimStart('@')}\">The value of <c>{field.Name.TrimStart('@')}</c>.</param>");
        }

        code.Line(Names.GeneratedCode);
        code.Line($"public {header.Type.Self.Name}({string.Join(", ", free.Select(static field => $"{field.Type} {field.Parameter} = default"))})");
        code.Line($"    : this({string.Join(", ", header.Fields.Select(Argument))})");
        using (code.Block())
        {
        }

        static string Argument(HeaderFieldModel field)
            => field.IsFree ? field.Parameter
                : field.ReplyConstant is not null ? HeaderBits.ToValue(field, Numbers.Literal(field.Constant ?? 0))
                : $"default({field.Type})";
    }

    private static void Write(CodeWriter code, string line) => MessageEmitter.WriteHead(code, line);
}
