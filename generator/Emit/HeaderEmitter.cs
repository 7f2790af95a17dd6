using QContinuum.Generator.Model;
using static System.FormattableString;

namespace QContinuum.Generator.Emit;

/// <summary>Writes the file of a header. All but its constructor are explicit implementations, since its fields may have any name.</summary>
internal static class HeaderEmitter
{
    public static SourceFile Emit(HeaderModel header)
        => header.BrokenRule is { } rule
            ? SourceFile.Write(header.Type, "Header", $"Stands in for the header {header.Name}, whose declaration breaks {rule}.", code => WriteStub(header, code))
            : SourceFile.Write(header.Type, "Header", Purpose(header), code => Write(header, code));

    /// <summary>The beginning of an implementation of a member of the contract.</summary>
    public static string Member(HeaderModel header, string type, string member) => $"static {type} {Names.Header}<{header.Type.SelfName}>.{member}";

    private static string Purpose(HeaderModel header)
        => Invariant($"Frames, reads and writes the header {header.Name}: {header.Size} bytes{(header.TrailerSize > 0 ? $", and {header.TrailerSize} behind the body" : "")}.");

    private static void Write(HeaderModel header, CodeWriter code)
    {
        HeaderTable.Write(header, code);
        using (Open(header, code))
        {
            HeaderConstructorEmitter.Write(header, code);
            WriteNumbers(header, code);
            HeaderReadEmitter.Write(header, code);
            HeaderRoleEmitter.Write(header, code);
            HeaderWriteEmitter.Write(header, code);
        }
    }

    private static CodeWriter.Braces Open(HeaderModel header, CodeWriter code)
    {
        code.Line($"partial {header.Type.Self.Keyword} {header.Type.Self.Name} : {Names.Header}<{header.Type.SelfName}>");
        return code.Block();
    }

    private static void WriteNumbers(HeaderModel header, CodeWriter code)
    {
        string self = header.Type.SelfName;
        MessageEmitter.WriteHead(code, $"{Member(header, Names.HeaderCodec, "Codec")} {{ get; }} = {Names.HeaderCodec}.Of<{self}>();");
        MessageEmitter.WriteHead(code, Invariant($"{Member(header, "int", "Size")} => {header.Size};"));
        MessageEmitter.WriteHead(code, Invariant($"{Member(header, "int", "TrailerSize")} => {header.TrailerSize};"));
        MessageEmitter.WriteHead(code, Invariant($"{Member(header, "int", "MaxBody")} => {header.MaxBody};"));
        if (header.Correlation is { } correlation)
        {
            MessageEmitter.WriteHead(code, Invariant($"{Member(header, "int", "CorrelationBits")} => {correlation.Width - (correlation.Wire.IsSigned() ? 1 : 0)};"));
        }
    }

    // What stands in for a header can be named, sent and handled, and throws.
    private static void WriteStub(HeaderModel header, CodeWriter code)
    {
        string self = header.Type.SelfName;
        string @throw = $"throw new {Names.InvalidOperation}(\"The declaration of {header.Name} breaks {header.BrokenRule}.\")";
        using (Open(header, code))
        {
            if (header.Fields.All(static field => field.Type.Length > 0))
            {
                HeaderConstructorEmitter.Write(header, code);
            }

            MessageEmitter.WriteHead(code, $"{Member(header, Names.HeaderCodec, "Codec")} {{ get; }} = {Names.HeaderCodec}.Of<{self}>();");
            MessageEmitter.WriteHead(code, $"{Member(header, "int", "Size")} => {@throw};");
            MessageEmitter.WriteHead(code, $"{Member(header, Names.FrameStatus, HeaderReadEmitter.TryReadFrame(self))} => {@throw};");
            MessageEmitter.WriteHead(code, $"{Member(header, self, HeaderRoleEmitter.Create)} => {@throw};");
            MessageEmitter.WriteHead(code, $"{Member(header, "void", HeaderWriteEmitter.WriteOf(self))} => {@throw};");
        }
    }
}
