using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using QContinuum.Generator.Tests.Support;

namespace QContinuum.Generator.Tests.Snapshots;

/// <summary>
/// Compares generated files with those that were accepted before, in the files that Verify.SourceGenerators would use:
/// <c>Class.Method#Hint.g.verified.cs</c> beside the test. It stands in for that package where it cannot be restored.
/// </summary>
/// <remarks>QCONTINUUM_ACCEPT_SNAPSHOTS=1 accepts what is generated; never where CI is set.</remarks>
internal static partial class Snapshot
{
    private static readonly UTF8Encoding WithMark = new(encoderShouldEmitUTF8Identifier: true);

    /// <summary>Fails unless everything compiles without a warning and each generated file of an aspect equals its snapshot.</summary>
    public static void Match(Generated generated, string aspect, [CallerFilePath] string file = "", [CallerMemberName] string method = "")
        => Match(generated.Clean().Run, aspect, Path.GetDirectoryName(file)!, $"{Path.GetFileNameWithoutExtension(file)}.{method}", MustAccept());

    internal static void Match(GeneratorDriverRunResult run, string aspect, string directory, string prefix, bool accept)
    {
        var expected = new HashSet<string>(StringComparer.Ordinal);
        var wrong = new StringBuilder();
        IEnumerable<GeneratedSourceResult> sources = run.Results
            .SelectMany(static result => result.GeneratedSources)
            .Where(source => source.HintName.EndsWith($".{aspect}.g.cs", StringComparison.Ordinal))
            .OrderBy(static source => source.HintName, StringComparer.Ordinal);
        foreach (GeneratedSourceResult source in sources)
        {
            string stem = Path.Combine(directory, $"{prefix}#{Path.GetFileNameWithoutExtension(source.HintName)}");
            expected.Add(stem + ".verified.cs");
            Compare(stem, $"//HintName: {source.HintName}\n{Scrub(source.SourceText.ToString())}", accept, wrong);
        }

        Assert.NotEmpty(expected);
        foreach (string dangling in Directory.EnumerateFiles(directory, prefix + "#*.verified.cs").Where(path => !expected.Contains(path)))
        {
            wrong.Append("Delete: ").AppendLine(Path.GetFileName(dangling));
        }

        Assert.True(wrong.Length == 0, $"Directory: {directory}\n{wrong}");
    }

    internal static bool MustAccept(string? accept, string? ci)
    {
        if (accept != "1")
        {
            return false;
        }

        return string.IsNullOrEmpty(ci) ? true : throw new InvalidOperationException("QCONTINUUM_ACCEPT_SNAPSHOTS is set where CI is set: nothing would be compared.");
    }

    private static bool MustAccept()
        => MustAccept(Environment.GetEnvironmentVariable("QCONTINUUM_ACCEPT_SNAPSHOTS"), Environment.GetEnvironmentVariable("CI"));

    private static void Compare(string stem, string text, bool accept, StringBuilder wrong)
    {
        string verified = stem + ".verified.cs";
        string received = stem + ".received.cs";
        File.Delete(received);
        byte[] bytes = [.. WithMark.Preamble, .. WithMark.GetBytes(text)];
        if (File.Exists(verified) && File.ReadAllBytes(verified).AsSpan().SequenceEqual(bytes))
        {
            return;
        }

        if (accept)
        {
            File.WriteAllBytes(verified, bytes);
            return;
        }

        File.WriteAllBytes(received, bytes);
        wrong.Append(File.Exists(verified) ? "NotEqual: " : "New: ").AppendLine(Path.GetFileName(received)).AppendLine(text);
    }

    // The version of the generator is the one thing in its output that is not about the declaration.
    private static string Scrub(string text) => Version().Replace(text, "$1\"{version}\")");

    [GeneratedRegex("""(GeneratedCode\("QContinuum\.Toolkit\.Generator", )"[^"]*"\)""")]
    private static partial Regex Version();
}
