using System.Globalization;
using System.Text;

namespace Chat;

/// <summary>What may be a nick, a room and a text.</summary>
internal static class Bounds
{
    public const int MaxNick = 24;
    public const int MaxRoom = 32;
    public const int MaxText = 2000;
    public const int MaxRooms = 1000;

    /// <summary>The most nicks in one answer.</summary>
    public const int MaxListed = 500;

    /// <summary>Whether something may be a name: some runes, none of which is white space, is invisible or steers a terminal.</summary>
    public static bool IsName(string? name, int most)
        => name is { Length: > 0 } && name.Length <= 2 * most && IsPlain(name) && name.EnumerateRunes().Count() <= most
            && !name.EnumerateRunes().Any(static rune => Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format);

    /// <summary>Whether something may be said.</summary>
    public static bool IsText(string? text) => text is { Length: <= MaxText } && !string.IsNullOrWhiteSpace(text) && IsPlain(text);

    /// <summary>What is left of a text when all that could steer a terminal is taken out.</summary>
    public static string Strip(string? text)
        => text is null ? "" : IsPlain(text) ? text : string.Concat(text.EnumerateRunes().Where(static rune => !Steers(rune)));

    private static bool IsPlain(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Steers(rune))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Control characters, what turns the direction of the line around, and halves of a surrogate pair, which are read as U+FFFD.</summary>
    private static bool Steers(Rune rune)
        => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFFFD;
}
