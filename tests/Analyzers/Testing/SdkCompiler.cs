using System.Diagnostics;
using System.Text.Json;
using QContinuum.CodeFixes;

namespace QContinuum.Analyzers.Tests.Testing;

/// <summary>Something that an analyzer said about a line, and the suppressor that silenced it, if one did.</summary>
internal sealed record Finding(string Id, int Line, string? Suppressor);

/// <summary>
/// Runs the compiler of the installed SDK, with the SDK's own analyzers at <c>AnalysisLevel=latest-all</c> and the toolkit's assemblies beside
/// them, as a build does. It is another compiler, and a newer one, than the tests run in.
/// </summary>
internal static class SdkCompiler
{
    private const string SourceFile = "Source.cs";

    // What a build adds to every project; and IDE0060, which editors show and builds do not, made visible.
    private const string ProjectFile =
        """
        global using System;
        global using System.Threading.Tasks;
        [assembly: System.Reflection.AssemblyVersion("1.0.0.0")]
        """;

    private const string GlobalConfig =
        """
        is_global = true
        global_level = 1
        dotnet_diagnostic.IDE0060.severity = warning
        """;

    private static readonly string Sdk = Toolkit.Newest(Path.Combine(Toolkit.DotNetRoot, "sdk"), "10.0.*");
    private static readonly string SdkAnalyzers = Path.Combine(Sdk, "Sdks", "Microsoft.NET.Sdk");

    /// <summary>Compiles a file, and returns what was said about its lines.</summary>
    public static async Task<IReadOnlyList<Finding>> CompileAsync(string source)
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("qcontinuum-");
        try
        {
            await Task.WhenAll(
                File.WriteAllTextAsync(Path.Combine(directory.FullName, SourceFile), source),
                File.WriteAllTextAsync(Path.Combine(directory.FullName, "Project.cs"), ProjectFile),
                File.WriteAllTextAsync(Path.Combine(directory.FullName, ".globalconfig"), GlobalConfig),
                File.WriteAllLinesAsync(Path.Combine(directory.FullName, "options.rsp"), Options()));
            string output = await RunAsync(directory.FullName);
            string log = Path.Combine(directory.FullName, "log.sarif");
            return File.Exists(log) ? [.. Findings(await File.ReadAllTextAsync(log))] : throw new InvalidOperationException(output);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static IEnumerable<string> Options() =>
    [
        "/target:library", "/out:Test.dll", "/langversion:14", "/nullable:enable", "/nowarn:1701,1702", "/errorlog:log.sarif,version=2.1",
        .. Toolkit.FrameworkPaths.Concat(Toolkit.LibraryPaths).Select(static path => $"/reference:\"{path}\""),
        .. Analyzers().Select(static path => $"/analyzer:\"{path}\""),
        $"/analyzerconfig:\"{Path.Combine(SdkAnalyzers, "analyzers", "build", "config", "analysislevel_10_all.globalconfig")}\"",
        "/analyzerconfig:.globalconfig",
        SourceFile,
        "Project.cs",
    ];

    private static IEnumerable<string> Analyzers() =>
    [
        .. Directory.GetFiles(Path.Combine(SdkAnalyzers, "analyzers"), "*.dll"),
        .. Directory.GetFiles(Path.Combine(SdkAnalyzers, "codestyle", "cs"), "*.dll"),
        typeof(Generator.Model.RuleIds).Assembly.Location,
        typeof(Descriptors).Assembly.Location,
        typeof(MustBePartialFixer).Assembly.Location,
    ];

    private static async Task<string> RunAsync(string directory)
    {
        var start = new ProcessStartInfo(Path.Combine(Toolkit.DotNetRoot, "dotnet"))
        {
            ArgumentList = { "exec", Path.Combine(Sdk, "Roslyn", "bincore", "csc.dll"), "/noconfig", "/nologo", "@options.rsp" },
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
        };
        using Process compiler = Process.Start(start)!;
        string output = await compiler.StandardOutput.ReadToEndAsync();
        await compiler.WaitForExitAsync();
        return output;
    }

    private static IEnumerable<Finding> Findings(string sarif)
    {
        using JsonDocument log = JsonDocument.Parse(sarif);
        foreach (JsonElement result in log.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray())
        {
            string id = result.GetProperty("ruleId").GetString()!;
            string text = result.GetProperty("message").GetProperty("text").GetString()!;
            if (id == "AD0001" || !result.TryGetProperty("locations", out JsonElement locations))
            {
                throw new InvalidOperationException($"{id}: {text}");
            }

            JsonElement place = locations[0].GetProperty("physicalLocation");
            if (place.GetProperty("artifactLocation").GetProperty("uri").GetString()!.EndsWith(SourceFile, StringComparison.Ordinal))
            {
                yield return new Finding(id, place.GetProperty("region").GetProperty("startLine").GetInt32(), Suppressor(result));
            }
        }
    }

    /// <summary>The log describes a suppressor in words: <c>DiagnosticSuppressor { Suppression Id: QCTS0001, … }</c>.</summary>
    private static string? Suppressor(JsonElement result)
        => result.TryGetProperty("suppressions", out JsonElement suppressions)
            ? suppressions[0].GetProperty("properties").GetProperty("suppressionType").GetString()!.Split("Id: ").Last().Split(',')[0]
            : null;
}
