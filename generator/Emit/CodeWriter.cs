using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace QContinuum.Generator.Emit;

/// <summary>Writes indented lines that end in '\n' on every machine.</summary>
internal sealed class CodeWriter
{
    private const int SpacesPerLevel = 4;

    private readonly StringBuilder _text = new();
    private int _level;
    private bool _isGapDue;
    private bool _isBlockEmpty = true;

    /// <summary>Writes a line.</summary>
    public void Line([InterpolatedStringHandlerArgument("")] ref LineHandler line)
    {
        // The handler has written the line already.
        _text.Append('\n');
    }

    /// <summary>Writes a line, and an empty one before it where <see cref="Gap"/> asked for it.</summary>
    public void Line(string line)
    {
        BeginLine();
        _text.Append(line).Append('\n');
    }

    /// <summary>Asks for an empty line before the next one, unless a block begins or ends there.</summary>
    public void Gap() => _isGapDue = !_isBlockEmpty;

    /// <summary>Writes an opening brace; disposing of the result writes the closing one.</summary>
    public Braces Block()
    {
        Line("{");
        _level++;
        _isBlockEmpty = true;
        return new Braces(this);
    }

    public override string ToString() => _text.ToString();

    private void BeginLine()
    {
        if (_isGapDue)
        {
            _text.Append('\n');
        }

        _isGapDue = false;
        _isBlockEmpty = false;
        _text.Append(' ', _level * SpacesPerLevel);
    }

    internal readonly struct Braces(CodeWriter writer) : IDisposable
    {
        public void Dispose()
        {
            writer._isGapDue = false;
            writer._level--;
            writer.Line("}");
        }
    }

    /// <summary>Takes texts and numbers only, and the numbers in the invariant culture: a minus sign is not the same everywhere.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct LineHandler
    {
        private readonly StringBuilder _text;

        public LineHandler(int literalLength, int formattedCount, CodeWriter writer)
        {
            writer.BeginLine();
            _text = writer._text;
        }

        public void AppendLiteral(string literal) => _text.Append(literal);

        public void AppendFormatted(string? text) => _text.Append(text);

        public void AppendFormatted(int number) => _text.Append(number.ToString(CultureInfo.InvariantCulture));

        public void AppendFormatted(long number) => _text.Append(number.ToString(CultureInfo.InvariantCulture));
    }
}
