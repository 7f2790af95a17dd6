using System.Globalization;

namespace QContinuum.Benchmarks.Macro;

/// <summary>What one measurement told: a program does so in one line of <c>name=value</c>.</summary>
internal sealed class Figures
{
    private readonly Dictionary<string, double> _values;

    private Figures(Dictionary<string, double> values) => _values = values;

    public double this[string name] => _values[name];

    /// <summary>What the runner itself has measured.</summary>
    public static Figures Of(params ReadOnlySpan<(string Name, double Value)> figures)
    {
        var values = new Dictionary<string, double>();
        foreach ((string name, double value) in figures)
        {
            values.Add(name, value);
        }

        return new Figures(values);
    }

    public static Figures Parse(string line)
        => new(line.Split(' ').Select(static part => part.Split('=')).ToDictionary(
            static part => part[0], static part => double.Parse(part[1], CultureInfo.InvariantCulture)));

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
