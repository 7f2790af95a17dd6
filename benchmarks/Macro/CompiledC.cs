using System.ComponentModel;
using System.Diagnostics;

namespace QContinuum.Benchmarks.Macro;

/// <summary>The programs in C, compiled beside the runner.</summary>
internal static class CompiledC
{
    /// <param name="source">Its path below <c>benchmarks/</c>.</param>
    /// <param name="library">What it is linked with; null for nothing.</param>
    /// <returns>Where the program lies.</returns>
    public static string Build(string source, string? library = null)
        => Compile(source, library, out string error) ?? throw new MissingException($"{source} cannot be compiled:\n{error}");

    /// <returns>Where the program lies; null, and a line on standard error, if the library is missing.</returns>
    public static string? TryBuild(string source, string library)
    {
        string? path = Compile(source, library, out _);
        if (path is null)
        {
            Console.Error.WriteLine($"left out: {source} cannot be compiled; is the library of {library} missing, with its headers?");
        }

        return path;
    }

    private static string? Compile(string source, string? library, out string error)
    {
        string program = Path.Combine(AppContext.BaseDirectory, Path.GetFileNameWithoutExtension(source));
        string[] arguments = ["-O2", "-o", program, Path.Combine(Launch.Root, "benchmarks", source), .. library is null ? Array.Empty<string>() : [library]];
        try
        {
            using Process compiler = Process.Start(new ProcessStartInfo("cc", arguments) { RedirectStandardError = true })!;
            error = compiler.StandardError.ReadToEnd();
            compiler.WaitForExit();
            return compiler.ExitCode == 0 ? program : null;
        }
        catch (Win32Exception)
        {
            throw new MissingException("cc is missing, which compiles the programs in C: Debian has it in gcc, with libc6-dev");
        }
    }
}
