using System.Diagnostics;
using System.Reflection;
using Xunit.Abstractions;

namespace QContinuum.Interleavings.Tests.Mistakes;

/// <summary>These very tests, with a runtime that can make each <see cref="Mistake"/>: the SDK's compiler makes them as the build has, but of the changed source.</summary>
public sealed class MistakenAssembly : IDisposable
{
    private const string Name = "Mistaken";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("qcontinuum");
    private readonly Assembly _assembly;

    public MistakenAssembly()
    {
        string[] lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "compilation.rsp"));
        string runtime = Path.GetFullPath(lines[1]);
        foreach (var (number, mistake) in Mistake.All.Index())
        {
            // Its name stays, since the tests know a type by that of its file.
            string source = Path.GetFullPath(Path.Combine(runtime, mistake.File));
            string changed = Path.Combine(_folder.FullName, mistake.File);
            Directory.CreateDirectory(Path.GetDirectoryName(changed)!);
            File.WriteAllText(changed, mistake.PutInto(File.ReadAllText(source), number));
            int at = Array.FindIndex(lines, line => line.StartsWith('"') && Path.GetFullPath(line.Trim('"')) == source);
            lines[at] = $"\"{changed}\"";
        }

        string active = Path.Combine(_folder.FullName, "Active.cs");
        File.WriteAllText(active, $"internal static class {Name} {{ internal static int Active = -1; }}");
        string responses = Path.Combine(_folder.FullName, "changed.rsp");
        string compiled = Path.Combine(_folder.FullName, $"{Name}.dll");
        File.WriteAllLines(responses, [.. lines[2..], $"\"{active}\"", $"/out:\"{compiled}\""]);
        Compile(lines[0], responses);
        _assembly = Assembly.LoadFrom(compiled);
    }

    /// <summary>Runs the test of a mistake.</summary>
    /// <param name="mistake">The mistake.</param>
    /// <param name="active">The number of the one that is made; -1 for none.</param>
    /// <param name="output">What the test says.</param>
    /// <exception cref="TargetInvocationException">The test fails.</exception>
    internal void Run(Mistake mistake, int active, ITestOutputHelper output)
    {
        _assembly.GetType(Name)!.GetField("Active", BindingFlags.Static | BindingFlags.NonPublic)!.SetValue(null, active);
        Type type = _assembly.GetType(mistake.Type.FullName!)!;
        type.GetMethod(mistake.Test)!.Invoke(Activator.CreateInstance(type, output), null);
    }

    public void Dispose()
    {
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (UnauthorizedAccessException)
        {
            // Windows keeps what is loaded.
        }
    }

    private static void Compile(string compiler, string responses)
    {
        ProcessStartInfo start = new("dotnet", [compiler, "/noconfig", $"@{responses}"]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill();
        }

        Assert.True(process.ExitCode == 0, output.Result);
    }
}
