using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace QContinuum.Simulation.Tests.Defects;

/// <summary>
/// The simulation over a runtime that can have each <see cref="Defect"/>: the program as it was built, beside an assembly that the SDK's own compiler makes of the changed
/// source, once for all of them. Which one a process has its environment says.
/// </summary>
public sealed class DefectiveRuntime : IAsyncLifetime
{
    private const string Variable = "QCONTINUUM_DEFECT";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("qcontinuum");

    public async Task InitializeAsync()
    {
        foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory))
        {
            File.Copy(file, Path.Combine(_folder.FullName, Path.GetFileName(file)));
        }

        Dictionary<string, string> changed = [];
        foreach (var (number, defect) in Defect.All.Index())
        {
            string source = Path.GetFullPath(Path.Combine(Metadata("Runtime"), defect.File));
            string text = changed.GetValueOrDefault(source) ?? await File.ReadAllTextAsync(source);
            string? put = defect.PutInto(text, number);
            Assert.True(put is not null, $"{defect.File} has '{defect.Text}' not at all, or twice: the defect is to be said anew.");
            changed[source] = put;
        }

        foreach (var ((_, text), number) in changed.Zip(Enumerable.Range(0, changed.Count)))
        {
            await File.WriteAllTextAsync(ChangedFile(number), text);
        }

        string responses = Path.Combine(_folder.FullName, "runtime.rsp");
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string dotnet = Path.GetFullPath(Path.Combine(framework, "../../.."));
        await File.WriteAllLinesAsync(responses,
        [
            "/target:library", "/unsafe", "/nullable:enable", "/define:DEBUG;TRACE;NET", "/langversion:latest", "/nologo", "/warn:0", "/nostdlib", "/debug:portable",
            $"/out:{Path.Combine(_folder.FullName, "QContinuum.Toolkit.dll")}",
            .. Latest(Path.Combine(dotnet, "packs/Microsoft.NETCore.App.Ref"), "ref/net10.0").EnumerateFiles("*.dll").Select(static file => $"/reference:\"{file.FullName}\""),
            .. Latest(Path.Combine(dotnet, "packs/Microsoft.NETCore.App.Ref"), "analyzers/dotnet/cs").EnumerateFiles("*Interop*.dll").Select(static file => $"/analyzer:\"{file.FullName}\""),
            .. Sources(Metadata("Runtime")).Where(file => !changed.ContainsKey(Path.GetFullPath(file))).Select(static file => $"\"{file}\""),
            .. Enumerable.Range(0, changed.Count).Select(number => $"\"{ChangedFile(number)}\""),
            $"\"{await WriteGlobalsAsync()}\"",
        ]);
        (int code, string output) = await RunAsync("dotnet", null, [Path.Combine(Latest(Path.Combine(dotnet, "sdk"), "Roslyn/bincore").FullName, "csc.dll"), "/noconfig", $"@{responses}"]);
        Assert.True(code == 0, output);
    }

    /// <summary>Runs some seeds, with a defect or without.</summary>
    /// <returns>How it ended, and what it said.</returns>
    internal Task<(int Code, string Output)> RunAsync(Defect? defect, int seeds)
        => RunAsync("dotnet", defect, [Path.Combine(_folder.FullName, "QContinuum.Simulation.Tests.dll"), "--seeds", $"{seeds}"]);

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    private string ChangedFile(int number) => Path.Combine(_folder.FullName, $"Changed{number}.cs");

    private static async Task<(int Code, string Output)> RunAsync(string program, Defect? defect, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        start.Environment[Variable] = defect is null ? "-1" : $"{Defect.All.Index().Single(one => one.Item == defect).Index}";
        using Process process = Process.Start(start)!;
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> error = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(Patience);
            return (process.ExitCode, await output + await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private static IEnumerable<string> Sources(string runtime)
        => Directory.EnumerateFiles(runtime, "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetRelativePath(runtime, file).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"));

    private static DirectoryInfo Latest(string folder, string within) => new DirectoryInfo(folder).EnumerateDirectories()
        .Where(one => one.Name.StartsWith("10.", StringComparison.Ordinal) && Directory.Exists(Path.Combine(one.FullName, within)))
        .OrderBy(static one => one.Name.Length).ThenBy(static one => one.Name, StringComparer.Ordinal)
        .Select(one => new DirectoryInfo(Path.Combine(one.FullName, within)))
        .Last();

    private static string Metadata(string key)
        => typeof(DefectiveRuntime).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == key).Value!;

    /// <summary>What the project file adds to the source.</summary>
    private async Task<string> WriteGlobalsAsync()
    {
        string file = Path.Combine(_folder.FullName, "Globals.cs");
        string[] implicitly = ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];
        await File.WriteAllLinesAsync(file,
        [
            .. implicitly.Select(static name => $"global using {name};"),
            $"[assembly: {typeof(InternalsVisibleToAttribute).FullName}(\"{typeof(DefectiveRuntime).Assembly.GetName().Name}\")]",
            "[assembly: System.Reflection.AssemblyVersion(\"" + typeof(Peer).Assembly.GetName().Version + "\")]",
            $"internal static class Defective {{ private static readonly int Active = int.Parse(System.Environment.GetEnvironmentVariable(\"{Variable}\") ?? \"-1\");"
                + " internal static bool Is(int number) => number == Active; }",
        ]);
        return file;
    }
}
