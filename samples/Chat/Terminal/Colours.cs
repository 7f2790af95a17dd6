namespace Chat.Terminal;

/// <summary>A colour for each nick, the same on every terminal.</summary>
internal static class Colours
{
    private static readonly int[] s_codes = [31, 32, 33, 34, 35, 36, 91, 92, 93, 94, 95, 96];

    public static string Paint(string line, string nick)
    {
        int sum = 0;
        foreach (char letter in nick)
        {
            sum = unchecked((sum * 31) + char.ToLowerInvariant(letter));
        }

        return $"\e[{s_codes[(sum & int.MaxValue) % s_codes.Length]}m{line}\e[0m";
    }
}
