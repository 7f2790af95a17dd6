using Microsoft.CodeAnalysis;
using static System.FormattableString;

namespace QContinuum.Generator.Model;

/// <summary>The arithmetic of lengths: <c>frame = CountsFrom + value × Scale + Adjust</c>, and the trailer unless it is counted.</summary>
internal static class HeaderLength
{
    // What only the first of several lengths may say.
    private static readonly string[] OfTheFirst = ["CountsFrom", "Adjust", "CountsTrailer"];

    public static LengthModel? Build(
        INamedTypeSymbol type, IParameterSymbol[] parameters, HeaderFieldModel[] fields, int size, int trailer, Violations violations)
    {
        int[] lengths = [.. Enumerable.Range(0, fields.Length).Where(index => fields[index].Is(HeaderRoles.Length))];
        if (lengths.Length == 0)
        {
            return null;
        }

        IParameterSymbol first = parameters[lengths[0]];
        AttributeData attribute = HeaderFields.Find(first, Known.LengthAttribute)!;
        int bodyStart = fields.Where(static field => field.Is(HeaderRoles.InBody)).Select(static field => field.Offset).DefaultIfEmpty(size).First();
        int countsFrom = attribute.Named("CountsFrom")?.Value is int given ? given : bodyStart;
        long offset = (long)countsFrom + attribute.Number("Adjust") - size - (attribute.Flag("CountsTrailer") ? trailer : 0);
        var length = new LengthModel(offset);

        if (countsFrom < 0 || countsFrom > size)
        {
            Report(first, Invariant($"CountsFrom is {countsFrom}, outside the {size} bytes of the header; take an offset from 0 to {size}"));
        }

        foreach (int index in lengths)
        {
            if (fields[index].Scale < 1)
            {
                Report(parameters[index], Invariant($"its Scale is {fields[index].Scale}; it must be at least 1"));
            }
        }

        foreach (IParameterSymbol other in lengths.Skip(1).Select(index => parameters[index]))
        {
            AttributeData repeated = HeaderFields.Find(other, Known.LengthAttribute)!;
            string? says = OfTheFirst.FirstOrDefault(name => repeated.Named(name) is not null);
            if (says is not null)
            {
                Report(other, $"it says {says}, which only the first length may; move it to '{first.Name}'");
            }
        }

        decimal most = lengths.Sum(index => MostOf(fields[index]) * fields[index].Scale);
        if (most > long.MaxValue / 2)
        {
            Report(first, "the lengths can add up to more than 64 bits hold; make them or their Scale smaller");
        }
        else if (most + offset < 0)
        {
            Report(first, "no value says as much as header and trailer take; check CountsFrom and Adjust");
        }

        return length;

        void Report(IParameterSymbol field, string problem)
            => violations.Add(RuleIds.LengthArithmetic, field.SourceLocation(), field.Name, type.ShortName(), problem);
    }

    /// <summary>The longest body that the length fields can say.</summary>
    public static long MaxBody(HeaderFieldModel[] fields, LengthModel length)
    {
        decimal most = fields.Where(static field => field.Is(HeaderRoles.Length)).Sum(static field => MostOf(field) * field.Scale) + length.Offset;
        return (long)Math.Max(0, Math.Min(most, int.MaxValue));
    }

    /// <summary>The greatest value that a length may have; beyond <see cref="int.MaxValue"/> no frame can be.</summary>
    public static int MostOf(HeaderFieldModel field)
        => (int)Math.Min(int.MaxValue, HeaderMasks.Low(Math.Max(0, field.Wire.IsSigned() ? field.Width - 1 : field.Width)));
}
