using Microsoft.CodeAnalysis;

namespace QContinuum.Generator.Model;

/// <summary>
/// The order in which the checksums of a frame are computed: each after those that it covers, since what it covers is then final. So those of
/// the header come before one of the trailer that covers them.
/// </summary>
internal static class HeaderChecksums
{
    public static HeaderFieldModel[] Order(INamedTypeSymbol type, IParameterSymbol[] parameters, HeaderFieldModel[] fields, Violations violations)
    {
        List<int> open = [.. Enumerable.Range(0, fields.Length).Where(index => fields[index].Checksum is not null)];
        for (int order = 0; open.Count > 0; order++)
        {
            int next = open.FindIndex(index => !open.Any(other => other != index && Covers(fields[index], fields[other])));
            if (next < 0)
            {
                string problem = $"its checksum and that of '{parameters[open[1]].Name}' cover each other; set Over or From so that one does not";
                violations.Add(RuleIds.ConflictingRoles, parameters[open[0]].SourceLocation(), parameters[open[0]].Name, type.ShortName(), problem);
                break;
            }

            int field = open[next];
            fields[field] = fields[field] with { Checksum = fields[field].Checksum! with { Order = order } };
            open.RemoveAt(next);
        }

        return fields;
    }

    private static bool Covers(HeaderFieldModel one, HeaderFieldModel other)
        => other.Is(HeaderRoles.Trailer)
            ? one.Is(HeaderRoles.Trailer) && one.Checksum!.Over == ChecksumCover.Default && other.Offset < one.Offset
            : one.Checksum!.Over != ChecksumCover.Body && other.Offset + other.Wire.Size() > one.Checksum.From;
}
