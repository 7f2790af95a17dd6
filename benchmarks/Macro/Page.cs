namespace QContinuum.Benchmarks.Macro;

/// <summary>A page in Markdown, in which a table lies between <c>&lt;!-- NAME --&gt;</c> and <c>&lt;!-- end --&gt;</c>.</summary>
internal sealed class Page(string path)
{
    private const string End = "<!-- end -->";

    /// <summary>Puts a table in the place of the one of that name.</summary>
    public void Replace(string name, string table)
    {
        string text = File.ReadAllText(path);
        string mark = $"<!-- {name} -->";
        int begin = text.IndexOf(mark, StringComparison.Ordinal);
        int end = begin < 0 ? -1 : text.IndexOf(End, begin, StringComparison.Ordinal);
        if (end < 0)
        {
            throw new InvalidDataException($"{path} has no place for '{name}': {mark}, and {End} after it.");
        }

        File.WriteAllText(path, $"{text[..(begin + mark.Length)]}\n{table.Trim()}\n{text[end..]}");
    }
}
