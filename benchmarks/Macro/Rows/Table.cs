using System.Globalization;
using System.Text;

namespace QContinuum.Benchmarks.Macro.Rows;

/// <summary>A table in Markdown: what is text first, then numbers, to the right.</summary>
internal sealed class Table
{
    private readonly StringBuilder _lines = new();

    public Table(int texts, params string[] columns)
    {
        Add(columns);
        _lines.Append('|').AppendJoin('|', columns.Select((_, i) => i < texts ? "---" : "---:")).Append("|\n");
    }

    public void Add(params string[] cells) => _lines.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    /// <summary>A number as tables have it: with that many digits behind the point.</summary>
    public static string Number(double value, int digits = 0) => value.ToString($"N{digits}", CultureInfo.InvariantCulture);

    public override string ToString() => _lines.ToString();
}
