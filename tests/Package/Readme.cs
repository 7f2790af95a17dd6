using System.Text.RegularExpressions;

namespace QContinuum.Package.Tests;

/// <summary>The fenced blocks of the README.</summary>
internal sealed partial class Readme(string text)
{
    /// <summary>The C# blocks: each names its file in its first line, and together they are a project.</summary>
    public IReadOnlyDictionary<string, string> Files => Blocks("csharp").ToDictionary(FileName);

    /// <summary>The only block of a language that contains <paramref name="mark"/>.</summary>
    public string Block(string language, string mark) => Assert.Single(Blocks(language), block => block.Contains(mark, StringComparison.Ordinal));

    private IEnumerable<string> Blocks(string language)
        => Fences().Matches(text).Where(match => match.Groups["language"].Value == language).Select(match => match.Groups["code"].Value);

    private static string FileName(string block)
    {
        Match match = FirstLine().Match(block);
        Assert.True(match.Success, $"a C# block of the README does not begin with the name of its file:\n{block}");
        return match.Groups["name"].Value;
    }

    [GeneratedRegex(@"^```(?<language>\w*)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fences();

    [GeneratedRegex(@"^// (?<name>\w+\.cs)\b")]
    private static partial Regex FirstLine();
}
