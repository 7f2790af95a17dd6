using System.Globalization;

namespace QContinuum.Soak.Tests;

/// <summary>Whether memory grows without end: what was most in the last third of a time against what was most in the first.</summary>
internal sealed record Plateau(long First, long Last)
{
    private const double MostGrowth = 1.1;
    private const long Slack = 16L * 1024 * 1024;

    public bool Holds => Last <= (First * MostGrowth) + Slack;

    public static Plateau Of(IReadOnlyList<long> bytes)
    {
        int third = bytes.Count / 3;
        return new Plateau(bytes.Take(third).Max(), bytes.Skip(bytes.Count - third).Max());
    }

    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"{First / 1048576.0:F1} MiB in the first third, {Last / 1048576.0:F1} in the last");
}
