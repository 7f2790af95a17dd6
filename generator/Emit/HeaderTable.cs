using QContinuum.Generator.Model;
using static System.FormattableString;

namespace QContinuum.Generator.Emit;

/// <summary>Writes the layout of a header as documentation of its type.</summary>
internal static class HeaderTable
{
    public static void Write(HeaderModel header, CodeWriter code)
    {
        code.Line("/// <remarks>");
        code.Line("/// The header on the wire, without padding:");
        code.Line("/// <list type=\"table\">");
        code.Line("/// <listheader><term>Offset</term><term>Size</term><term>Type</term><term>Field</term></listheader>");
        foreach (HeaderFieldModel field in header.Fields)
        {
            string offset = Invariant($"{(field.IsTrailer ? "body + " : "")}{(field.IsTrailer ? header.Size : 0) + field.Offset}");
            string size = field.Bits is { } bits ? Invariant($"{bits.Count} bits") : Invariant($"{field.Bytes}");
            string type = MessageEmitter.Document(field.Type);
            code.Line($"/// <item><term>{offset}</term><term>{size}</term><term>{type}</term><term>{field.Name.TrimStart('@')}</term></item>");
        }

        code.Line("/// </list>");
        code.Line("/// </remarks>");
    }
}
