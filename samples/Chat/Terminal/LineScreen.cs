using System.Globalization;
using System.Text;

namespace Chat.Terminal;

/// <summary>A terminal on whose last line somebody types: what is shown goes above it, and the line stays whole.</summary>
internal sealed class LineScreen(bool isColoured, Completion completion) : IScreen
{
    private const string Prompt = "> ";
    private const int LeastWidth = 10;

    /// <summary>For a terminal that does not know its own.</summary>
    private const int UsualWidth = 80;

    /// <summary>More than may be said, so that nothing of what is pasted is lost before it is looked at.</summary>
    private const int MostTyped = 10 * Bounds.MaxText;

    private readonly Lock _gate = new();
    private readonly LineBuffer _line = new();
    private readonly History _history = new();
    private bool _isTyping;

    public void Write(string line, string? nick = null)
    {
        lock (_gate)
        {
            Above(isColoured && nick is not null ? Colours.Paint(line, nick) : line);
        }
    }

    public string? ReadLine()
    {
        lock (_gate)
        {
            _isTyping = true;
            Draw();
        }

        while (true)
        {
            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            lock (_gate)
            {
                if (key.Key == ConsoleKey.Enter)
                {
                    return Entered();
                }

                if (key is { Key: ConsoleKey.D, Modifiers: ConsoleModifiers.Control } && _line.Text.Length == 0)
                {
                    return null;
                }

                Press(key);

                // What is pasted, and the second half of a surrogate pair, are there already.
                if (!Console.KeyAvailable)
                {
                    Draw();
                }
            }
        }
    }

    public bool Keep(string line)
    {
        lock (_gate)
        {
            _line.Set(line);
            return true;
        }
    }

    public void Interrupt()
    {
        lock (_gate)
        {
            if (_isTyping)
            {
                _isTyping = false;
                Console.Write("\n");
            }
        }
    }

    /// <summary>Takes the prompt away.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isTyping)
            {
                _isTyping = false;
                Console.Write("\r\e[K");
            }
        }
    }

    /// <summary>The prompt stays where it is: what was entered comes back from the server.</summary>
    private string Entered()
    {
        string line = _line.Text;
        _history.Add(line);
        _line.Set("");
        return line;
    }

    private void Press(ConsoleKeyInfo key)
    {
        bool isControl = key.Modifiers.HasFlag(ConsoleModifiers.Control);
        switch (key.Key)
        {
            case ConsoleKey.LeftArrow:
                _line.Left();
                break;
            case ConsoleKey.RightArrow:
                _line.Right();
                break;
            case ConsoleKey.Home:
            case ConsoleKey.A when isControl:
                _line.Home();
                break;
            case ConsoleKey.End:
            case ConsoleKey.E when isControl:
                _line.End();
                break;
            case ConsoleKey.UpArrow:
                _line.Set(_history.Older(_line.Text));
                break;
            case ConsoleKey.DownArrow:
                _line.Set(_history.Newer(_line.Text));
                break;
            case ConsoleKey.Backspace:
                _line.Backspace();
                break;
            case ConsoleKey.Delete:
            case ConsoleKey.D when isControl:
                _line.Delete();
                break;
            case ConsoleKey.K when isControl:
                _line.DeleteToEnd();
                break;
            case ConsoleKey.U when isControl:
                _line.DeleteToStart();
                break;
            case ConsoleKey.W when isControl:
                _line.DeleteWord();
                break;
            case ConsoleKey.L when isControl:
                Console.Write("\e[2J\e[H");
                break;
            case ConsoleKey.Tab:
                Complete();
                break;
            default:
                Type(key.KeyChar);
                break;
        }
    }

    private void Type(char typed)
    {
        if (char.IsControl(typed))
        {
            return;
        }

        if (_line.Length < MostTyped)
        {
            _line.Insert(typed.ToString());
        }
        else
        {
            Console.Write("\a");
        }
    }

    private void Complete()
    {
        string before = _line.Text[.._line.Cursor];
        (string completed, string[] choices) = completion.Complete(before);
        if (completed != before)
        {
            _line.DeleteToStart();
            _line.Insert(completed);
        }
        else if (choices.Length > 0)
        {
            Above($"* {string.Join("  ", choices)}");
        }
    }

    private void Above(string line)
    {
        Console.Write($"\r\e[K{line}\n");
        Draw();
    }

    private void Draw()
    {
        if (!_isTyping)
        {
            return;
        }

        int width = Console.WindowWidth is > 0 and var known ? Math.Max(LeastWidth, known) : UsualWidth;
        LineView view = LineView.Of(_line.Text, _line.Cursor, width - Prompt.Length);
        var drawn = new StringBuilder("\r\e[K").Append(Prompt).Append(view.Text).Append('\r');
        Console.Write(drawn.Append(CultureInfo.InvariantCulture, $"\e[{Prompt.Length + view.CursorColumn}C"));
    }
}
