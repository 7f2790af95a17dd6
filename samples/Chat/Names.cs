using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Chat;

/// <summary>What the names of people and rooms are made of, and when two of them are the same: where they differ in case or in marks alone.</summary>
internal sealed class Names : IEqualityComparer<string>
{
    /// <summary>The rule, in one line.</summary>
    public const string Rule = "a name is letters, the marks of their script, digits and punctuation";

    /// <summary>What tells one name from another.</summary>
    public static readonly Names Comparer = new();

    private Names()
    {
    }

    public bool Equals(string? x, string? y)
        => x is null || y is null ? x == y : string.Equals(WithoutMarks(x), WithoutMarks(y), StringComparison.OrdinalIgnoreCase);

    public int GetHashCode([DisallowNull] string obj) => WithoutMarks(obj).GetHashCode(StringComparison.OrdinalIgnoreCase);

    /// <summary>The first rune that no name has at that place; null when all is as it should be.</summary>
    public static Rune? FirstMisplaced(string name)
    {
        bool isAfterLetter = false;
        foreach (Rune rune in name.EnumerateRunes())
        {
            bool isMark = IsMark(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpacingCombiningMark;
            if (IsInvisible(rune) || IsLoose(rune) || !(isMark ? isAfterLetter : IsSign(rune)))
            {
                return rune;
            }

            isAfterLetter = isMark || Rune.IsLetter(rune);
        }

        return null;
    }

    /// <summary>What Unicode says may be ignored where it is not known (Default_Ignorable_Code_Point), and letters that are blank.</summary>
    public static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format || rune.Value is
        0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2065 or 0x3164 or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0
        or (>= 0xFFF0 and <= 0xFFF8) or 0x13441 or 0x13442 or (>= 0xE0000 and <= 0xE0FFF);

    /// <summary>Marks of no script: a letter with its accent is one rune, and nobody's name is another's with an accent put behind it.</summary>
    private static bool IsLoose(Rune rune) => rune.Value is
        (>= 0x0300 and <= 0x036F) or (>= 0x1AB0 and <= 0x1AFF) or (>= 0x1DC0 and <= 0x1DFF) or (>= 0x20D0 and <= 0x20FF) or (>= 0xFE20 and <= 0xFE2F);

    private static bool IsSign(Rune rune)
        => Rune.IsLetter(rune) || Rune.IsNumber(rune) || Rune.IsPunctuation(rune) || (rune.IsAscii && Rune.IsSymbol(rune));

    /// <summary>It takes no room of its own.</summary>
    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    private static string WithoutMarks(string name)
        => Ascii.IsValid(name) ? name : string.Concat(name.EnumerateRunes().Where(static rune => !IsMark(rune)));
}
