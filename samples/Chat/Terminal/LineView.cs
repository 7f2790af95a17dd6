using System.Text;

namespace Chat.Terminal;

/// <summary>The part of a long line that fits the terminal, with the cursor in it.</summary>
/// <param name="Text">What is seen.</param>
/// <param name="CursorColumn">The column of the cursor within it.</param>
internal readonly record struct LineView(string Text, int CursorColumn)
{
    /// <summary>Chooses the part of a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="cursor">The cursor's place in it.</param>
    /// <param name="width">How many columns there are.</param>
    public static LineView Of(string line, int cursor, int width)
    {
        int start = 0;
        int before = Columns.Of(line.AsSpan(0, cursor));
        while (before >= width && start < cursor)
        {
            Rune.DecodeFromUtf16(line.AsSpan(start), out Rune first, out int length);
            before -= Columns.Of(first);
            start += length;
        }

        int end = cursor;
        int columns = before;
        while (end < line.Length)
        {
            Rune.DecodeFromUtf16(line.AsSpan(end), out Rune next, out int length);
            columns += Columns.Of(next);
            if (columns >= width)
            {
                break;
            }

            end += length;
        }

        return new LineView(line[start..end], before);
    }
}
