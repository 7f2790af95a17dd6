using QContinuum.Generator.Model;
using static System.FormattableString;

namespace QContinuum.Generator.Emit;

/// <summary>Writes the layout of a message as documentation of its type.</summary>
internal static class LayoutTable
{
    public static void Write(MessageModel message, CodeWriter code)
    {
        if (message.Layout.Members.Count == 0)
        {
            code.Line($"/// <remarks>Message {message.Shape.Id}. The body is empty.</remarks>");
            return;
        }

        code.Line("/// <remarks>");
        code.Line($"/// Message {message.Shape.Id}. The body, without padding:");
        code.Line("/// <list type=\"table\">");
        code.Line("/// <listheader><term>Offset</term><term>Size</term><term>Type</term><term>Member</term></listheader>");
        int offset = 0;
        int runStart = 0;
        bool isKnown = true;
        foreach (MemberModel member in message.Layout.Members)
        {
            string place = isKnown ? Invariant($"{(member is { Bits: not null, Size: 0 } ? runStart : runStart = offset)}") : "…";
            string type = MessageEmitter.Document(member.Type);
            code.Line($"/// <item><term>{place}</term><term>{SizeOf(member)}</term><term>{type}</term><term>{member.Name.TrimStart('@')}{OrderOf(member)}</term></item>");
            offset += member.Size;
            isKnown &= !member.IsPart;
        }

        code.Line("/// </list>");
        code.Line("/// </remarks>");
    }

    private static string SizeOf(MemberModel member) => member switch
    {
        { Bits: { } bits } => Invariant($"{bits.Count} bits"),
        { Part.Ends: PartEnd.Prefix } => Invariant($"{member.Part.Prefix}, and what they say"),
        { Part.Ends: PartEnd.Zero } => "up to a zero",
        { Part.Ends: PartEnd.Sized } => $"what {member.Part.SizedBy.TrimStart('@')} says",
        { Part: not null } => "the rest",
        _ => Invariant($"{member.Size}"),
    };

    private static string OrderOf(MemberModel member) => member.IsBigEndian == true && member.Wire.Size() > 1 && member.Kind != MemberKind.Struct ? ", big-endian" : "";
}
