using System.Text.RegularExpressions;

namespace QContinuum.Soak.Tests.Support;

/// <summary>What a server wrote of peers that it closed. Where there are many it leaves lines out, and those are not counted.</summary>
internal static partial class ServerLog
{
    private const int MostOthers = 20;

    /// <summary>How many lines name each reason, and the lines that say something else as they are.</summary>
    public static string Sum(string log)
    {
        string[] lines = log.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> reasons = lines.Select(static line => Closed().Match(line)).Where(static match => match.Success)
            .GroupBy(static match => match.Groups[1].Value)
            .OrderByDescending(static group => group.Count())
            .Select(static group => $"{group.Key} {group.Count()}");
        IEnumerable<string> others = lines.Where(static line => !Closed().IsMatch(line)).Take(MostOthers);
        return string.Join('\n', [.. others, $"peers closed, as far as it told: {string.Join(", ", reasons)}"]);
    }

    [GeneratedRegex(@"^qcontinuum: peer \d+ \(.*?\) closed, (\w+)")]
    private static partial Regex Closed();
}
