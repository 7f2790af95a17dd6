using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using QContinuum.Benchmarks.Macro.Rows;

namespace QContinuum.Benchmarks.Macro;

/// <summary>What the command line asks for.</summary>
internal sealed record MacroOptions
{
    /// <summary>The names of the rows that are measured; all if empty.</summary>
    private string[] Only { get; init; } = [];

    public int Rounds { get; private init; } = 5;

    /// <summary>How long one measurement of throughput takes.</summary>
    public double Seconds { get; private init; } = 2;

    /// <summary>Where the tables are put as well; null for standard output alone.</summary>
    public Page? Page { get; private init; }

    public static string UsageOf(IEnumerable<IRow> rows)
        => $"usage: macro [--only NAME[,NAME…]] [--rounds N] [--seconds S] [--write docs/performance.md]\nnames: {string.Join(", ", rows.Select(static row => row.Name))}";

    public bool Wants(IRow row) => Only.Length == 0 || Only.Contains(row.Name);

    /// <summary>Reads the command line; <paramref name="error"/> says in a sentence what is wrong with it.</summary>
    public static bool TryParse(string[] args, IRow[] rows, [NotNullWhen(true)] out MacroOptions? options, [NotNullWhen(false)] out string? error)
    {
        options = null;
        error = null;
        var parsed = new MacroOptions();
        for (int i = 0; i < args.Length; i += 2)
        {
            string value = i + 1 < args.Length ? args[i + 1] : "";
            switch (args[i])
            {
                case "--only":
                    parsed = parsed with { Only = value.Split(',') };
                    error = parsed.Only.FirstOrDefault(name => rows.All(row => row.Name != name)) is { } unknown ? $"there is no row '{unknown}'" : null;
                    break;
                case "--rounds" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int rounds) && rounds > 0:
                    parsed = parsed with { Rounds = rounds };
                    break;
                case "--seconds" when double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) && seconds > 0:
                    parsed = parsed with { Seconds = seconds };
                    break;
                case "--write" when File.Exists(value):
                    parsed = parsed with { Page = new Page(value) };
                    break;
                default:
                    error = $"'{args[i]} {value}' is nothing that it takes";
                    break;
            }

            if (error is not null)
            {
                return false;
            }
        }

        options = parsed;
        return true;
    }
}
