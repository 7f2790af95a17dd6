using System.Diagnostics;
using System.Reflection;

namespace QContinuum.Package.Tests;

/// <summary>
/// A temporary folder with a copy of the sources in it, as a fresh clone would be, so that a test that packs and builds neither disturbs a
/// build of the repository nor profits from one. NuGet's packages folder is the folder's own: what an earlier run packed is not found again.
/// </summary>
internal sealed class Workshop : IDisposable
{
    public const string CloneName = "QContinuum.Toolkit";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly string[] Rooms = ["runtime", "generator", "analyzers"];

    public Workshop()
    {
        string clone = Directory.CreateDirectory(Path.Combine(Root, CloneName)).FullName;
        foreach (string file in Directory.EnumerateFiles(Repository))
        {
            File.Copy(file, Path.Combine(clone, Path.GetFileName(file)));
        }

        foreach (string room in Rooms)
        {
            CopySources(Path.Combine(Repository, room), Path.Combine(clone, room));
        }
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("qcontinuum-").FullName;

    private static string Repository { get; } =
        typeof(Workshop).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "Repository").Value!;

    public Readme Readme => new(File.ReadAllText(Path.Combine(Root, CloneName, "README.md")));

    /// <summary>Runs a script of the README in the clone; it must succeed without a warning of the compiler.</summary>
    public async Task<string> RunAsync(string script)
    {
        var start = new ProcessStartInfo("bash", ["-e", "-c", script])
        {
            WorkingDirectory = Path.Combine(Root, CloneName),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // A build inside of a test run inside of a build: none of the outer one's settings, and no server that outlives the test.
        foreach (string name in start.Environment.Keys.Where(IsOfOuterBuild).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["NUGET_FALLBACK_PACKAGES"] = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? DefaultPackages;
        start.Environment["NUGET_PACKAGES"] = Path.Combine(Root, "packages");

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }

        string all = await output.WaitAsync(Patience) + await error.WaitAsync(Patience);
        Assert.True(process.ExitCode == 0, all);
        foreach (string rules in (string[])["CS", "CA", "QCT"])
        {
            Assert.DoesNotContain($"warning {rules}", all, StringComparison.Ordinal);
        }

        return all;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private static string DefaultPackages
        => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static bool IsOfOuterBuild(string variable)
        => variable.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || variable.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase);

    private static void CopySources(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (string folder in Directory.EnumerateDirectories(from).Where(folder => Path.GetFileName(folder) is not ("bin" or "obj")))
        {
            CopySources(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }
}
