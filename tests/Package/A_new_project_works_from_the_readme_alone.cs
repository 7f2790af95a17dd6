using System.IO.Compression;

namespace QContinuum.Package.Tests;

public sealed class A_new_project_works_from_the_readme_alone
{
    /// <summary>The README's own commands and all of its C# blocks, then <c>dotnet run</c>.</summary>
    [Fact]
    public async Task With_the_package()
    {
        using var workshop = new Workshop();

        await workshop.RunAsync(workshop.Readme.Block("bash", "dotnet add package QContinuum.Toolkit"));
        AssertComplete(Assert.Single(Directory.GetFiles(Path.Combine(workshop.Root, Workshop.CloneName, "packages"), "*.nupkg")));

        await WriteAndRunAsync(workshop, "MyServer");
    }

    /// <summary>The same project, which refers to the sources of the clone instead.</summary>
    [Fact]
    public async Task With_a_project_reference()
    {
        using var workshop = new Workshop();
        string project = Directory.CreateDirectory(Path.Combine(workshop.Root, "MyServer")).FullName;
        await File.WriteAllTextAsync(Path.Combine(project, "MyServer.csproj"), workshop.Readme.Block("xml", "Toolkit.props"));

        await WriteAndRunAsync(workshop, "MyServer");
    }

    private static async Task WriteAndRunAsync(Workshop workshop, string project)
    {
        foreach ((string name, string code) in workshop.Readme.Files)
        {
            await File.WriteAllTextAsync(Path.Combine(workshop.Root, project, name), code);
        }

        string output = await workshop.RunAsync($"cd ../{project} && dotnet run");
        Assert.Contains("welcome", output, StringComparison.Ordinal);
    }

    private static void AssertComplete(string package)
    {
        using ZipArchive zip = ZipFile.OpenRead(package);
        string[] entries = [.. zip.Entries.Select(entry => entry.FullName)];
        Assert.Contains("README.md", entries);
        Assert.Contains("lib/net10.0/QContinuum.Toolkit.dll", entries);
        Assert.Contains("lib/net10.0/QContinuum.Toolkit.xml", entries);
        Assert.Equal(
            ["QContinuum.Toolkit.Analyzers.dll", "QContinuum.Toolkit.CodeFixes.dll", "QContinuum.Toolkit.Generator.dll"],
            entries.Where(entry => entry.StartsWith("analyzers/dotnet/cs/", StringComparison.Ordinal)).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }
}
