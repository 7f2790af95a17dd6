using System.Text;

namespace Chat.Terminal;

/// <summary>The line being typed, and the place where the next character goes. It moves by whole characters, never into a surrogate pair.</summary>
internal sealed class LineBuffer
{
    private readonly StringBuilder _text = new();

    public int Cursor { get; private set; }

    public string Text => _text.ToString();

    public int Length => _text.Length;

    public void Set(string text)
    {
        _text.Clear().Append(text);
        Cursor = text.Length;
    }

    public void Insert(string text)
    {
        _text.Insert(Cursor, text);
        Cursor += text.Length;
    }

    public void Left() => Cursor = Before(Cursor);

    public void Right() => Cursor = After(Cursor);

    public void Home() => Cursor = 0;

    public void End() => Cursor = _text.Length;

    public void Backspace() => RemoveFrom(Before(Cursor));

    public void Delete() => _text.Remove(Cursor, After(Cursor) - Cursor);

    public void DeleteToStart() => RemoveFrom(0);

    public void DeleteToEnd() => _text.Length = Cursor;

    /// <summary>Deletes the word before the cursor, and the spaces behind that.</summary>
    public void DeleteWord()
    {
        int start = Cursor;
        while (start > 0 && _text[start - 1] == ' ')
        {
            start--;
        }

        while (start > 0 && _text[start - 1] != ' ')
        {
            start--;
        }

        RemoveFrom(start);
    }

    private void RemoveFrom(int start)
    {
        _text.Remove(start, Cursor - start);
        Cursor = start;
    }

    private int Before(int place)
        => place < 2 || !char.IsSurrogatePair(_text[place - 2], _text[place - 1]) ? Math.Max(0, place - 1) : place - 2;

    private int After(int place)
        => place + 1 >= _text.Length || !char.IsSurrogatePair(_text[place], _text[place + 1]) ? Math.Min(_text.Length, place + 1) : place + 2;
}
