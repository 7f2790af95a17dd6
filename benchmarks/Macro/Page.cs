namespace QContinuum.Benchmarks.Macro;

/// <summary>A page in Markdown, in which a table lies between <c>&lt;!-- NAME --&gt;</c> and <c>&lt;!-- end --&gt;</c>.</summary>
internal sealed class Page(string path)
{
    private const string End = "<!-- end -->";

    /// <summary>Puts a table in the place of the one of that name.</summary>
    public void Replace(string name, string table)
    {
        string text = File.ReadAllText(path);
        (int begin, int end) = Find(text, name);
        File.WriteAllText(path, $"{text[..begin]}\n{table.Trim()}\n{text[end..]}");
    }

    /// <summary>Makes sure that a table of that name has a place, before it is measured.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public void Require(string name) => Find(File.ReadAllText(path), name);

    /// <returns>Where what is between the two marks begins and ends.</returns>
    private (int Begin, int End) Find(string text, string name)
    {
        string mark = $"<!-- {name} -->";
        int begin = text.IndexOf(mark, StringComparison.Ordinal);
        int end = begin < 0 ? -1 : text.IndexOf(End, begin, StringComparison.Ordinal);
        int next = begin < 0 ? -1 : text.IndexOf("<!-- ", begin + mark.Length, StringComparison.Ordinal);
        return end < 0 || end != next
            ? throw new InvalidDataException($"{path} has no place for '{name}': {mark}, and {End} after it.")
            : (begin + mark.Length, end);
    }
}
