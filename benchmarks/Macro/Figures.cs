using System.Globalization;

namespace QContinuum.Benchmarks.Macro;

/// <summary>What a program in C told in one line of <c>name=value</c>.</summary>
internal sealed class Figures
{
    private readonly Dictionary<string, double> _values;

    private Figures(Dictionary<string, double> values) => _values = values;

    public double this[string name] => _values[name];

    public static Figures Parse(string line)
        => new(line.Split(' ').Select(static part => part.Split('=')).ToDictionary(
            static part => part[0], static part => double.Parse(part[1], CultureInfo.InvariantCulture)));

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
