namespace Chat.Terminal;

/// <summary>The lines that were entered, to walk through; what was being typed is kept meanwhile.</summary>
internal sealed class History
{
    private const int Most = 200;

    private readonly List<string> _lines = [];
    private int _place;
    private string _typed = "";

    /// <summary>A line was entered; the next walk starts behind it.</summary>
    public void Add(string line)
    {
        if (line.Length > 0 && (_lines.Count == 0 || _lines[^1] != line))
        {
            _lines.Add(line);
        }

        if (_lines.Count > Most)
        {
            _lines.RemoveAt(0);
        }

        _place = _lines.Count;
    }

    /// <summary>The line before this one; this one where there is none.</summary>
    public string Older(string current)
    {
        if (_place == 0)
        {
            return current;
        }

        if (_place == _lines.Count)
        {
            _typed = current;
        }

        return _lines[--_place];
    }

    /// <summary>The line after this one, at last what was being typed.</summary>
    public string Newer(string current)
    {
        if (_place == _lines.Count)
        {
            return current;
        }

        _place++;
        return _place == _lines.Count ? _typed : _lines[_place];
    }
}
