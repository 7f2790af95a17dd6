using QContinuum.Generator.Model;
using static System.FormattableString;

namespace QContinuum.Generator.Emit;

/// <summary>Writes how a checksum is computed over the <c>frame</c> in scope.</summary>
internal static class HeaderChecksumEmitter
{
    public static string Compute(HeaderModel header, HeaderFieldModel field)
    {
        ChecksumModel checksum = field.Checksum!;
        bool isTrailer = field.Is(HeaderRoles.Trailer);
        string end = checksum.Over switch
        {
            ChecksumCover.Header => Invariant($"{header.Size}"),
            ChecksumCover.Default when isTrailer => Invariant($"frame.Length - {header.TrailerSize - field.Offset}"),
            _ => Invariant($"frame.Length - {header.TrailerSize}"),
        };
        int start = checksum.Over switch
        {
            ChecksumCover.Header => Math.Min(checksum.From, header.Size),
            ChecksumCover.Body => Math.Max(checksum.From, header.Size),
            _ => checksum.From,
        };

        // Where it begins beyond the header, a short frame may end before.
        string from = start <= header.Size ? Invariant($"{start}") : Invariant($"global::System.Math.Min({start}, {end})");
        int zeroFrom = Math.Max(field.Offset, start);
        int zeroLength = isTrailer ? 0 : Math.Max(0, field.Offset + field.Wire.Size() - zeroFrom);
        string zero = zeroLength == 0 ? "0, 0" : Invariant($"{zeroFrom - start}, {zeroLength}");
        return Invariant($"{Names.Checksums}.Compute({Names.ChecksumAlgorithm}.{checksum.Algorithm}, {field.Wire.Size()}, frame[({from})..({end})], {zero})");
    }
}
