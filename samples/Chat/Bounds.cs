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

    /// <summary>What stands for bytes that are no text.</summary>
    private const int NoCharacter = 0xFFFD;

    /// <summary>Why something may not be a nick; null if it may.</summary>
    public static string? WhyNoNick(string? nick) => WhyNoName(nick, "a nick", MaxNick);

    /// <summary>Why something may not be a room; null if it may.</summary>
    public static string? WhyNoRoom(string? room) => WhyNoName(room, "a room's name", MaxRoom);

    /// <summary>Why something may not be said; null if it may.</summary>
    public static string? WhyNoText(string? text)
        => string.IsNullOrWhiteSpace(text) ? "there is nothing to say"
            : text.Length > MaxText ? $"a text has at most {MaxText} characters, and this has {text.Length}"
            : First(text, Steers) is { } bad ? $"a text cannot have {Describe(bad)} in it"
            : null;

    /// <summary>What is left of a text when all that could steer a terminal is taken out.</summary>
    public static string Strip(string? text)
        => text is null ? "" : IsPlain(text) ? text : string.Concat(text.EnumerateRunes().Where(static rune => !Steers(rune)));

    private static string? WhyNoName(string? name, string what, int most)
        => name is not { Length: > 0 } || name.Length > 2 * most || name.EnumerateRunes().Count() > most || First(name, Rune.IsWhiteSpace) is not null
            ? $"{what} has 1 to {most} characters and no spaces"
            : (First(name, Steers) ?? Names.FirstMisplaced(name)) is { } bad ? $"{what} cannot have {Describe(bad)} in it"
            : null;

    private static bool IsPlain(string text) => First(text, Steers) is null;

    private static Rune? First(string text, Func<Rune, bool> isSuch)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (isSuch(rune))
            {
                return rune;
            }
        }

        return null;
    }

    /// <summary>By its number, since it may not be seen.</summary>
    private static string Describe(Rune rune)
    {
        string why = rune.Value == NoCharacter ? "what is no character"
            : Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control ? "a control character"
            : Steers(rune) ? "it turns or breaks the line"
            : Names.IsInvisible(rune) ? "it cannot be seen"
            : Names.Rule;
        return string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4} ({why})");
    }

    /// <summary>Control characters, what turns the direction of the line around, and halves of a surrogate pair, which are read as U+FFFD.</summary>
    private static bool Steers(Rune rune)
        => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or NoCharacter;
}
